"""A state from before reading lists knows the servers of its channels afterwards."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.database import open_database
from bot.storage.migration import FOLDER
from bot.storage.schema import channels

COLUMNS = "kind, id, channel_id, channel_kind, guild_id, time, zone, created_at, style, days, keywords, language"
VALUES = "'text', {guild}, '09:00', 'Asia/Seoul', '2023-03-01 00:00:00', 'full', 'daily', '', 'ko'"


def old(connection: Connection) -> None:
    """Make the first schema, with a channel's and a person's subscription."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    for kind, number, guild in (("channel", 700, "1"), ("user", 900, "NULL")):
        values = VALUES.format(guild=guild)
        connection.execute(
            text(f"INSERT INTO subscriptions ({COLUMNS}) VALUES ('{kind}', {number}, {number}, {values})")
        )


async def test_channels_that_are_subscribed_are_known_with_their_server(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(old)
    await engine.dispose()

    async with open_database(url) as database, database.read() as opened:
        known = [tuple(row) for row in await opened.execute(select(channels))]

    assert known == [(700, 1)]
