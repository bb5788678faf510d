"""Servers that removed the bot while it was away are forgotten, and no others."""

from bot.chat.absence import forget_servers_left
from tests.wire.conftest import Connect
from tests.wire.standin import StandIn


class Kept:
    """What is known of servers."""

    def __init__(self, *guild_ids: int) -> None:
        self.known = set(guild_ids)

    async def guilds(self) -> set[int]:
        """Return every server of which anything is kept."""
        return set(self.known)

    async def forget_guild(self, guild_id: int) -> int:
        """Forget a server."""
        self.known.remove(guild_id)
        return 1


async def test_a_server_that_removed_the_bot_meanwhile_is_forgotten(discord: StandIn, connect: Connect) -> None:
    stayed, left = await discord.guild("Lab"), await discord.guild("Club")
    await discord.leave(left)
    kept = Kept(stayed, left)
    async with connect() as bot:
        await bot.wait_until_ready()

        await forget_servers_left(bot, kept)

    assert kept.known == {stayed}
    assert await discord.requests(f"/guilds/{stayed}", "GET") == [], (
        "a server that the gateway lists is not asked about"
    )


async def test_nothing_is_forgotten_where_discord_does_not_say_that_the_bot_is_gone(
    discord: StandIn, connect: Connect
) -> None:
    gone = await discord.guild()
    await discord.leave(gone)
    await discord.fault(f"/guilds/{gone}", "status", status=404, method="GET")
    kept = Kept(gone)
    async with connect() as bot:
        await bot.wait_until_ready()

        await forget_servers_left(bot, kept)

    assert kept.known == {gone}
