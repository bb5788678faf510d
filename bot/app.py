"""The composition root: whatever must be closed is opened here, and everything is handed down."""

import asyncio
import datetime as dt
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
import discord

from bot.archive.archive import Archive, open_archive
from bot.chat.absence import forget_servers_left
from bot.chat.breaker import Breaker
from bot.chat.client import PaperDigestBot
from bot.chat.messenger import DiscordMessenger
from bot.chat.operator import DiscordOperator
from bot.chat.pacer import Pacer
from bot.chat.registration import register
from bot.chat.services import Services
from bot.chat.traffic import trace
from bot.chat.tree import Tree
from bot.cogs.all import add_commands
from bot.config import Settings
from bot.delivery.clock import SystemClock
from bot.delivery.corrections import Corrections
from bot.delivery.courier import Courier, Timing
from bot.delivery.fleet import Fleet
from bot.delivery.planner import Shelf
from bot.delivery.ports import Clock
from bot.delivery.publisher import Publisher
from bot.delivery.service import Deliveries
from bot.delivery.ticker import Ticker
from bot.delivery.watch import Watch
from bot.delivery.why import Explainer
from bot.errors import StartupError
from bot.reading.library import Library
from bot.reading.shelved import pack, stamp, unpack
from bot.rendering.renderer import Renderer
from bot.storage.database import Database, open_database
from bot.storage.ledger import Ledger
from bot.storage.meta import Meta
from bot.storage.pace import Pace
from bot.storage.personal import PersonalData
from bot.storage.reading_list import ReadingList
from bot.storage.subscriptions import Subscriptions
from bot.trends.studio import Studio

log = logging.getLogger(__name__)

GRACE = 8.0
"""Seconds that requests in flight get to finish when the program is told to stop; container runtimes kill after ten."""
FAREWELL = 1.0
"""Seconds that alerts get after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The program, put together."""

    settings: Settings
    bot: PaperDigestBot
    operator: DiscordOperator
    services: Services
    courier: Courier
    fleet: Fleet
    deliveries: Deliveries
    corrections: Corrections
    publisher: Publisher
    library: Library
    archive: Archive

    async def index(self) -> None:
        """Bring the archive up to date with the files."""
        await self.archive.sync(await self.library.refresh(), self.library.text_hash)
        await self.archive.keep(self.library.shelves, stamp, pack)

    async def login(self) -> None:
        """Log in without connecting to the gateway: enough to post.

        Raises StartupError where there is no token, Discord does not take it, or can't be reached.
        """
        token = require_token(self.settings)
        try:
            await self.bot.login(token)
        except discord.LoginFailure:
            raise StartupError("Discord does not take DISCORD_TOKEN: copy the bot's token anew.", exit_code=2) from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            sentence = f"Discord can't be reached at {self.settings.discord_api_url}: {type(error).__name__}."
            raise StartupError(sentence) from error


def require_token(settings: Settings) -> str:
    """Return the token; StartupError says where it goes."""
    if settings.discord_token is None:
        sentence = "DISCORD_TOKEN is missing: put it into .env (see .env.example), or try the bot without one: python -m bot demo"
        raise StartupError(sentence, exit_code=2)
    return settings.discord_token.value


@asynccontextmanager
async def compose(
    settings: Settings,
    *,
    clock: Clock | None = None,
    timing: Timing | None = None,
    ledger_type: Callable[[Database], Ledger] = Ledger,
) -> AsyncIterator[App]:
    """Put the program together; nothing is connected yet. Everything is closed when the context ends."""
    clock, timing = clock or SystemClock(), timing or Timing()
    library = Library(settings.digests_dir)
    library.check()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings.database_url))
        archive = await stack.enter_async_context(open_archive(settings.archive_path))
        library.recall(await archive.kept(unpack))
        subscriptions, ledger, meta = Subscriptions(database), ledger_type(database), Meta(database)
        personal = PersonalData(database)
        pacer, breaker = Pacer(settings.requests_per_second, budget=Pace(database)), Breaker()

        async def on_setup(bot: PaperDigestBot) -> None:
            await add_commands(bot, services)

        async def on_channel_gone(channel_id: int) -> None:
            if await personal.forget_channel(channel_id):
                log.info("channel %d is gone, and everything about it with it", channel_id)

        async def on_guild_left(guild_id: int) -> None:
            log.info("left server %d, forgot %d rows about it", guild_id, await personal.forget_guild(guild_id))

        async def on_ready(bot: PaperDigestBot) -> None:
            await forget_servers_left(bot, personal)

        bot = await stack.enter_async_context(
            PaperDigestBot(
                on_setup=on_setup,
                on_channel_gone=on_channel_gone,
                on_guild_left=on_guild_left,
                on_ready=on_ready,
                tree_cls=Tree,
                api_url=settings.discord_api_url,
                http_trace=trace(settings.discord_api_url, pacer, breaker),
            )
        )
        operator = DiscordOperator(bot, alert_channel_id=settings.alert_channel_id)
        messenger = DiscordMessenger(bot, breaker=breaker, operator=operator, patience=timing.attempt.total_seconds())
        renderer = Renderer(settings.blog_url)
        courier = Courier(
            ledger=ledger,
            messenger=messenger,
            renderer=renderer,
            subscriptions=subscriptions,
            operator=operator,
            clock=clock,
            owner=secrets.token_hex(8),
            timing=timing,
        )
        fleet = Fleet(courier)
        corrections = Corrections(courier=courier, token_refused=fleet.token_refused)
        publisher = Publisher(ledger=ledger, messenger=messenger, operator=operator, clock=clock, tally=courier.tally)
        watch = Watch(operator=operator, memory=meta, clock=clock)

        async def aftercare(shelf: Shelf) -> None:
            await corrections.look(shelf)
            await publisher.look()
            await watch.look(shelf, {each.path: each.error for each in library.readings.values() if each.error})

        deliveries = Deliveries(
            digests=library,
            subscriptions=subscriptions,
            ledger=ledger,
            fleet=fleet,
            clock=clock,
            catch_up_limit=settings.catch_up_limit,
            aftercare=aftercare,
        )
        services = Services(
            settings=settings,
            clock=clock,
            subscriptions=subscriptions,
            ledger=ledger,
            library=library,
            archive=archive,
            deliveries=deliveries,
            renderer=renderer,
            messenger=messenger,
            meta=meta,
            explainer=Explainer(
                ledger=ledger,
                subscriptions=subscriptions,
                renderer=renderer,
                clock=clock,
                catch_up_limit=settings.catch_up_limit,
            ),
            reading_list=ReadingList(database),
            personal=personal,
            studio=Studio(),
            started_at=clock.now(),
        )
        yield App(
            settings=settings,
            bot=bot,
            operator=operator,
            services=services,
            courier=courier,
            fleet=fleet,
            deliveries=deliveries,
            corrections=corrections,
            publisher=publisher,
            library=library,
            archive=archive,
        )


async def serve(
    settings: Settings, *, timing: Timing | None = None, ledger_type: Callable[[Database], Ledger] = Ledger
) -> None:
    """Run the bot until SIGTERM or Ctrl-C: finish what is in flight, begin nothing new, and go."""
    require_token(settings)
    async with compose(settings, timing=timing, ledger_type=ledger_type) as app, AsyncExitStack() as stack:
        await app.login()
        if await register(app.bot.tree, app.services.meta):
            log.info("told Discord the slash commands")
        if settings.http_port is not None:
            from bot.health import Health  # noqa: PLC0415  its libraries take 3 MB, and not everybody watches

            health = Health(app.courier.tally, app.bot.is_ready, lambda: len(app.library.digests))
            await stack.enter_async_context(health.serve(settings.http_host, settings.http_port))
        gateway = asyncio.create_task(app.bot.connect(), name="gateway")
        tickers = [
            Ticker("delivery", app.deliveries.tick, seconds=settings.poll_seconds),
            Ticker(
                "indexing", app.index, seconds=settings.poll_seconds
            ),  # apart, so that a long rebuild delays no delivery
        ]
        for ticker in tickers:
            ticker.start()
        try:
            await _until_told(app, gateway)
        finally:
            for ticker in tickers:
                ticker.stop()
            await asyncio.gather(app.fleet.stop(GRACE), app.corrections.stop(GRACE))
            await app.operator.flush(FAREWELL)
            await app.bot.close()
            await asyncio.gather(gateway, return_exceptions=True)


async def _until_told(app: App, gateway: "asyncio.Task[None]") -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    waits = [asyncio.create_task(event.wait()) for event in (told, app.fleet.token_refused)]
    await asyncio.wait([*waits, gateway], return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    if app.fleet.token_refused.is_set():
        raise StartupError(
            "Discord no longer takes DISCORD_TOKEN: everything stopped, and nothing is lost.", exit_code=2
        )
    if gateway.done():
        gateway.result()


async def deliver_once(settings: Settings, day: dt.date | None) -> None:
    """Plan and deliver once; `day` leaves only that day's digests on the shelf."""
    require_token(settings)
    async with compose(settings) as app:
        await app.login()
        started = await app.deliveries.tick(day)
        await app.fleet.idle()
        await app.corrections.idle()
        await app.publisher.look()
        await app.operator.flush()
        log.info("%d destinations were served", started)


async def sync_commands(settings: Settings) -> int:
    """Send the slash commands to Discord, changed or not; return how many there are."""
    require_token(settings)
    async with compose(settings) as app:
        await app.login()
        await register(app.bot.tree, app.services.meta, anyway=True)
        return len(app.bot.tree.get_commands())


async def explain(settings: Settings, day: dt.date | None) -> None:
    """Print what is owed to whom, and why the rest is not; nothing is sent."""
    from bot.terminal.deliver import print_verdicts  # noqa: PLC0415  Rich takes 2 MB that the bot itself has no use for

    async with compose(settings) as app:
        verdicts = await app.deliveries.verdicts(day)
        subscriptions = {each.destination: each for each in await app.services.subscriptions.all()}
    print_verdicts(verdicts, subscriptions)
