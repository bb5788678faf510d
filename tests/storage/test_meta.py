"""Small facts outlive a restart."""

from bot.storage.database import Database
from bot.storage.meta import Meta


async def test_a_text_is_found_by_another_process(database: Database, another: Database) -> None:
    await Meta(database).put("commands:1", "해시")

    assert await Meta(another).get("commands:1") == "해시"


async def test_a_later_text_takes_the_place_of_the_former(database: Database) -> None:
    meta = Meta(database)
    await meta.put("key", "former")

    await meta.put("key", "later")

    assert await meta.get("key") == "later"


async def test_what_was_never_put_is_none(database: Database) -> None:
    assert await Meta(database).get("key") is None
