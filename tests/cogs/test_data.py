"""A person's rights: to see everything, to have it gone; and a server's, to be forgotten."""

import json
from dataclasses import replace

from sqlalchemy import func, select

from bot.app import App
from bot.domain.subscription import Destination, DestinationKind
from bot.storage.database import open_database
from bot.storage.schema import metadata
from tests.cogs.reading import file_of, press, save
from tests.cogs.stage import Stage, restarted, text_of


async def have_everything(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe", keywords="rivers", send_now=True)
    await save(here)


async def rows(here: Stage) -> dict[str, int]:
    """Count what is kept, less what is about files and Discord's commands."""
    async with open_database(here.app.settings.database_url) as database, database.read() as connection:
        counts = {
            name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for name, table in metadata.tables.items()
        }
    return {name: count for name, count in counts.items() if count and name not in {"digests", "meta"}}


async def forgotten(here: Stage) -> None:
    """Wait until what Discord told of a departure has taken effect; the assertion that follows says whether it did."""
    for _ in range(40):
        await here.env.settle()
        if not await rows(here):
            return


async def test_everything_is_handed_out_as_a_file(here: Stage) -> None:
    await have_everything(here)

    seen = await here.reader.slash(here.channel, "mydata export")

    kept = json.loads(await file_of(seen.response, "my-data.json"))
    assert seen.ephemeral
    assert kept["subscriptions"][0]["keywords"] == "rivers"
    assert kept["deliveries"][0]["digest_id"] == "2024-03-04-daily-digest"
    assert kept["reading_list"][0]["title"].startswith("Slow Rivers")


async def test_of_a_stranger_there_is_an_empty_file(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "mydata export")

    assert "keep nothing about you" in text_of(seen)
    assert not any(json.loads(await file_of(seen.response, "my-data.json")).values())


async def test_deleting_asks_once_and_then_everything_is_gone(here: Stage) -> None:
    await have_everything(here)

    asked = await here.reader.slash(here.channel, "mydata delete")
    kept = await rows(here)
    async with restarted(here):
        await press(here, asked.response, "Delete everything")

    assert kept == {"subscriptions": 1, "deliveries": 1, "parts": 1, "reading_list": 1}
    assert "gone (3 entries)" in asked.response.content
    assert not asked.response.components
    assert await rows(here) == {}


async def test_nothing_comes_after_everything_was_deleted(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe")
    asked = await here.reader.slash(here.channel, "mydata delete")
    await press(here, asked.response, "Delete everything")
    here.clock.instant = here.clock.instant.replace(day=6)

    await here.tick()

    assert len(here.reader.user.dm_channel.history()) == 1  # the greeting


async def test_who_thinks_better_of_it_keeps_everything(here: Stage) -> None:
    await have_everything(here)
    asked = await here.reader.slash(here.channel, "mydata delete")

    await press(here, asked.response, "Keep it")

    assert "Nothing was deleted" in asked.response.content
    assert (await rows(here))["reading_list"] == 1


async def test_where_nothing_is_kept_nothing_is_asked(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "mydata delete")

    assert "nothing to delete" in text_of(seen)
    assert not seen.response.components


async def test_a_server_that_removes_the_bot_is_forgotten_whole(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True)
    await here.manager.slash(here.channel, "channel unsubscribe")

    here.app.bot.guild_left(here.guild.id)
    await forgotten(here)

    assert await rows(here) == {}


async def test_a_channel_that_is_deleted_is_forgotten_whole(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True)

    here.app.bot.channel_gone(here.channel.id)
    await forgotten(here)

    assert await rows(here) == {}
    destination = Destination(DestinationKind.CHANNEL, here.channel.id)
    assert await here.app.services.subscriptions.get(destination) is None


async def elsewhere(here: Stage, guild_id: int) -> None:
    """Have a subscription in another server."""
    await here.manager.slash(here.channel, "channel subscribe")
    destination = Destination(DestinationKind.CHANNEL, here.channel.id)
    own = await here.app.services.subscriptions.get(destination)
    assert own is not None
    other = replace(own, destination=Destination(DestinationKind.CHANNEL, 4242), guild_id=guild_id)
    await here.app.services.subscriptions.put(other)


async def subscribed(app: App) -> list[int]:
    return [each.destination.id for each in await app.services.subscriptions.all()]


async def test_a_server_that_removed_the_bot_while_it_was_away_is_forgotten_at_start(here: Stage) -> None:
    await elsewhere(here, guild_id=77 << 22)

    async with restarted(here) as app:
        await here.env.settle()

        assert await subscribed(app) == [here.channel.id]


async def test_a_server_of_which_discord_says_nothing_clear_is_kept(here: Stage) -> None:
    await elsewhere(here, guild_id=77 << 22)
    here.env.inject_error("GET", f"/guilds/{77 << 22}", status=503, code=0)

    async with restarted(here) as app:
        await here.env.settle()

        assert sorted(await subscribed(app)) == sorted([4242, here.channel.id])
