"""Take out of the gateway's frames what nobody reads, before it becomes objects.

After a start Discord describes every server, 15 kB of JSON each, and later every change to one. Their text is cut down to the event's name
and number, which discord.py needs in order to resume. Reaches into a private part of discord.py, hence its pinned version.
"""
# ruff: noqa: SLF001

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from discord import utils

_Plain = utils._ActiveDecompressionContext
"""zstd or zlib, as discord.py chose."""
_EVENT = re.compile(r'\{"t":"([A-Z_]+)","s":\d+,"op":0,"d":')
_SERVERS = re.compile(r'"guilds":\[[^\[\]]*\]')
"""READY's list of ids: flat objects. Half a megabyte where there are ten thousand."""
_ID = re.compile(r'"id":"(\d+)"')

Listed = Callable[[Iterable[int]], None]
"""Told the ids of the servers that READY lists."""


def install(heard: AbstractSet[str], listed: Listed) -> None:
    """Let every connection to come pass on only the events of these names whole."""

    class Sieve(_Plain):  # type: ignore[misc, valid-type]  # a class that only the run time knows
        __slots__ = ()

        def decompress(self, data: bytes, /) -> str | None:
            frame = super().decompress(data)
            return None if frame is None else sift(frame, heard, listed)

    utils._ActiveDecompressionContext = Sieve


def sift(frame: str, heard: AbstractSet[str], listed: Listed) -> str:
    """Return what is left of a frame; one that is not written as Discord does it stays whole, which only costs time."""
    event = _EVENT.match(frame)
    if event is None:
        return frame
    if event[1] == "READY":
        servers = _SERVERS.search(frame)
        if servers is None:
            return frame
        listed(int(server[1]) for server in _ID.finditer(frame, *servers.span()))
        return f'{frame[: servers.start()]}"guilds":[]{frame[servers.end() :]}'
    return frame if event[1] in heard else f"{event[0]}null}}"
