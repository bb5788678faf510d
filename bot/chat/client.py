"""The bot as Discord sees it."""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.chat import gateway, limiter, sieve
from bot.errors import StartupError

log = logging.getLogger(__name__)

DISCORD_API = "https://discord.com/api/v10"

Listener = Callable[[int], Coroutine[Any, Any, None]]


class PaperDigestBot(discord.AutoShardedClient):
    """A client with the fewest intents and no cache.

    `on_setup` is awaited once, logged in but not yet connected: there commands and views are added. `on_ready` is awaited whenever all
    shards have a new session. `on_channel_gone` and `on_guild_left` are told the id of what was deleted or left.
    """

    def __init__(
        self,
        *,
        on_setup: Callable[["PaperDigestBot"], Awaitable[None]],
        on_channel_gone: Listener,
        on_guild_left: Listener,
        on_ready: Callable[["PaperDigestBot"], Awaitable[None]] | None = None,
        tree_cls: type[app_commands.CommandTree[Any]] = app_commands.CommandTree,
        api_url: str = DISCORD_API,
        http_trace: aiohttp.TraceConfig | None = None,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # there is no voice to warn about
        trace = http_trace or aiohttp.TraceConfig()
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0,  # no server is waited for, since none is kept
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=trace,
        )
        self.guild_ids: set[int] = set()
        """Servers that the bot was in when its gateway last began."""
        self._on_setup = on_setup
        self._api_url = api_url.rstrip("/")
        self._on_ready = on_ready
        self.on_channel_gone = on_channel_gone
        self.on_guild_left = on_guild_left
        self.tree = tree_cls(self)
        gateway.slim(self._connection.parsers, self)
        limiter.install(self.http, trace)

    async def login(self, token: str) -> None:
        """Log in at the address that the settings name."""
        Route.BASE = self._api_url  # class attributes are discord.py's only way to move its addresses
        await super().login(token)

    async def setup_hook(self) -> None:
        """Let the composition root add what it has."""
        await self._on_setup(self)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Ask where the gateway is, for every connection to come, and connect.

        discord.py asks only for the first one: after an invalid session it would fall back on an address of its own. Raises StartupError
        where there is no gateway, or where it closes for good; any other break is mended by connecting again.
        """
        try:
            self.shard_count, url, _ = await self.http.get_bot_gateway()
        except (discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
            raise StartupError(f"Discord names no gateway to connect to ({error}): try again later.") from error
        DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        sieve.install(gateway.HEARD, self.guilds_listed)
        try:
            await super().connect(reconnect=reconnect)
        except discord.ConnectionClosed as error:
            sentence = (
                f"Discord closed the gateway for good (code {error.code}): see whether DISCORD_TOKEN still holds."
            )
            raise StartupError(sentence) from error

    async def on_ready(self) -> None:
        """Tell the log, and whoever else wants to know."""
        log.info("ready")
        if self._on_ready is not None:
            await self._on_ready(self)

    def is_owner(self, person: discord.abc.Snowflake) -> bool:
        """Tell whether somebody owns the application, alone or in a team."""
        application = self.application
        if application is None:
            return False
        if application.team is None:
            return person.id == application.owner.id
        may_read = discord.TeamMemberRole.read_only
        return any(member.id == person.id and member.role is not may_read for member in application.team.members)

    def guilds_listed(self, guild_ids: Iterable[int]) -> None:
        """Remember which servers there are."""
        self.guild_ids.update(guild_ids)

    def channel_gone(self, channel_id: int) -> None:
        """Pass on that a channel or thread was deleted."""
        self.dispatch("channel_gone", channel_id)

    def guild_left(self, guild_id: int) -> None:
        """Pass on that the bot is no longer in a server."""
        self.guild_ids.discard(guild_id)
        self.dispatch("guild_left", guild_id)
