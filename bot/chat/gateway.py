"""What the bot takes from the gateway: interactions, and the news that a place is gone.

Posting needs no cache, and interactions bring along what they refer to. So nothing is kept of servers (20 kB each would become the memory
of the bot), and events that only keep a cache up to date are not parsed.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

Payload = dict[str, Any]
Parser = Callable[[Any], None]

PARSED = frozenset({"READY", "RESUMED", "INTERACTION_CREATE"})
HEARD = PARSED | {"GUILD_DELETE", "CHANNEL_DELETE", "THREAD_DELETE"}


class Departures(Protocol):
    """Whoever wants to know which places there are, and that one is gone."""

    def guilds_listed(self, guild_ids: Iterable[int]) -> None:
        """Learn of servers that the bot is in."""
        ...

    def channel_gone(self, channel_id: int) -> None:
        """Learn that a channel or thread was deleted."""
        ...

    def guild_left(self, guild_id: int) -> None:
        """Learn that the bot is no longer in a server."""
        ...


def slim(parsers: dict[str, Parser], departures: Departures) -> None:
    """Change discord.py's table of parsers accordingly."""
    parse_ready = parsers["READY"]
    for event in parsers.keys() - PARSED:
        del parsers[event]

    def ready(session: Payload) -> None:
        departures.guilds_listed(int(guild["id"]) for guild in session["guilds"])
        parse_ready(session | {"guilds": ()})

    def guild_delete(guild: Payload) -> None:
        if not guild.get("unavailable", False):  # else an outage: the bot is still a member
            departures.guild_left(int(guild["id"]))

    def channel_delete(channel: Payload) -> None:
        departures.channel_gone(int(channel["id"]))

    parsers["READY"] = ready
    parsers["GUILD_DELETE"] = guild_delete
    parsers["CHANNEL_DELETE"] = parsers["THREAD_DELETE"] = channel_delete
