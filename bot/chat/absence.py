"""Servers that removed the bot while it was not there to hear of it."""

import logging
from collections.abc import Iterable
from typing import Protocol

import discord

from bot.chat.client import PaperDigestBot
from bot.chat.verdicts import TROUBLE

log = logging.getLogger(__name__)

NOT_THERE = frozenset({10004, 50001})
"""Unknown Guild, Missing Access (*Opcodes and Status Codes*). Any other trouble proves nothing."""


class Memory(Protocol):
    """What is known of servers."""

    async def guilds(self) -> Iterable[int]:
        """Return every server of which anything is kept."""
        ...

    async def forget_guild(self, guild_id: int) -> int:
        """Forget a server; return how much there was."""
        ...


async def forget_servers_left(bot: PaperDigestBot, memory: Memory) -> None:
    """Forget servers of this process's shards that the gateway no longer lists and that Discord says the bot is not in.

    An outage leaves a server listed; and should the list be short for another reason, Discord is asked before anything is deleted.
    """
    shards, count = set(bot.shards), bot.shard_count or 1
    for guild_id in await memory.guilds():
        if guild_id in bot.guild_ids or (guild_id >> 22) % count not in shards:
            continue
        try:
            await bot.fetch_guild(guild_id, with_counts=False)
        except TROUBLE as trouble:
            if isinstance(trouble, discord.HTTPException) and trouble.code in NOT_THERE:
                rows = await memory.forget_guild(guild_id)
                log.info("server %d was left meanwhile, forgot %d rows about it", guild_id, rows)
            else:
                log.warning("whether server %d was left can't be learnt now: %s", guild_id, trouble)
