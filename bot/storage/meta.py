"""Small facts that must outlive a restart."""

from sqlalchemy import delete, insert, select

from bot.storage.database import Database
from bot.storage.schema import meta


class Meta:
    """Texts under keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """Return the text under `key`, if there is one."""
        async with self._database.read() as connection:
            return (await connection.execute(select(meta.c.value).where(meta.c.key == key))).scalar()

    async def put(self, key: str, value: str) -> None:
        """Keep a text under `key` in place of the former one."""
        async with self._database.write() as connection:
            await connection.execute(delete(meta).where(meta.c.key == key))
            await connection.execute(insert(meta).values(key=key, value=value))
