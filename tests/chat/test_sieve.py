"""What nobody reads never becomes objects, and discord.py still counts it."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import zstandard
from discord.gateway import DiscordWebSocket

from bot.chat.gateway import HEARD
from bot.chat.sieve import install, sift

SERVERS = [{"id": str(number), "unavailable": True} for number in range(3)]


def frame(event: str, sequence: int, data: object) -> str:
    """Write an event as Discord does."""
    return json.dumps({"t": event, "s": sequence, "op": 0, "d": data}, separators=(",", ":"))


def nobody(_: Iterable[int]) -> None:
    """Take no notice."""


def test_of_an_event_that_nobody_hears_its_name_and_number_remain() -> None:
    left = sift(frame("GUILD_CREATE", 7, {"id": "1", "channels": [{"id": "2"}]}), HEARD, nobody)

    assert json.loads(left) == {"t": "GUILD_CREATE", "s": 7, "op": 0, "d": None}


def test_an_event_that_is_heard_stays_whole() -> None:
    deleted = frame("CHANNEL_DELETE", 8, {"id": "2", "guild_id": "1"})

    assert sift(deleted, HEARD, nobody) == deleted


def test_a_session_begins_without_its_list_of_servers_but_their_ids_are_passed_on() -> None:
    listed: set[int] = set()
    session = {"v": 10, "guilds": SERVERS, "session_id": "abc", "shard": [0, 1]}

    left = sift(frame("READY", 1, session), HEARD, listed.update)

    assert json.loads(left)["d"] == session | {"guilds": []}
    assert listed == {0, 1, 2}


def test_a_frame_that_is_written_otherwise_stays_whole() -> None:
    frames = [json.dumps({"op": 0, "d": {"guilds": SERVERS}, "t": "GUILD_CREATE", "s": 7}), '{"op":11}', "", "{"]

    assert [sift(each, HEARD, nobody) for each in frames] == frames


async def test_discord_py_parses_what_is_left_and_counts_the_rest() -> None:
    parsed: dict[str, Any] = {}
    install(HEARD, nobody)
    socket: Any = None  # never used: nothing is sent
    gateway: Any = DiscordWebSocket(socket, loop=asyncio.get_running_loop())
    gateway.shard_id = 0
    gateway._discord_parsers = {name: lambda data, name=name: parsed.update({name: data}) for name in HEARD}
    stream = zstandard.ZstdCompressor().compressobj()

    for sent in (frame("GUILD_DELETE", 2, {"id": "1"}), frame("GUILD_CREATE", 3, {"id": "1"})):
        await gateway.received_message(stream.compress(sent.encode()) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))

    assert parsed == {"GUILD_DELETE": {"id": "1"}}
    assert gateway.sequence == 3
