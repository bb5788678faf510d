"""What the bot takes from the gateway: interactions, and the news that a place is gone.

Posting needs no cache, and interactions bring along what they refer to. So guilds are stripped before discord.py keeps them (20 kB each
would become the memory of the bot), and events that only keep a cache up to date are not parsed.
"""

from collections.abc import Callable
from typing import Any, Protocol

Payload = dict[str, Any]
Parser = Callable[[Any], None]

STRIPPED = (
    "channels",
    "emojis",
    "guild_scheduled_events",
    "members",
    "presences",
    "soundboard_sounds",
    "stage_instances",
    "stickers",
    "threads",
    "voice_states",
)
PARSED = frozenset({"READY", "RESUMED", "GUILD_CREATE", "GUILD_DELETE", "INTERACTION_CREATE"})


class Departures(Protocol):
    """Whoever wants to know that a place is gone."""

    def channel_gone(self, channel_id: int) -> None:
        """Learn that a channel or thread was deleted."""
        ...

    def guild_left(self, guild_id: int) -> None:
        """Learn that the bot is no longer in a server."""
        ...


def slim(parsers: dict[str, Parser], departures: Departures) -> None:
    """Change discord.py's table of parsers accordingly."""
    parse_guild, forget_guild = parsers["GUILD_CREATE"], parsers["GUILD_DELETE"]
    for event in parsers.keys() - PARSED:
        del parsers[event]

    def guild_create(guild: Payload) -> None:
        parse_guild(strip(guild))

    def guild_delete(guild: Payload) -> None:
        forget_guild(guild)
        if not guild.get("unavailable", False):  # else an outage: the bot is still a member
            departures.guild_left(int(guild["id"]))

    def channel_delete(channel: Payload) -> None:
        departures.channel_gone(int(channel["id"]))

    parsers["GUILD_CREATE"] = guild_create
    parsers["GUILD_DELETE"] = guild_delete
    parsers["CHANNEL_DELETE"] = parsers["THREAD_DELETE"] = channel_delete


def strip(guild: Payload) -> Payload:
    """Return the guild without what nobody asks for; of its roles @everyone stays, which discord.py counts on."""
    everyone = [role for role in guild.get("roles", ()) if role["id"] == guild["id"]]
    return guild | dict.fromkeys(STRIPPED, ()) | {"roles": everyone}
