"""The bot in a simulated Discord on this machine, shown in the browser: no token is needed, and nothing leaves the machine.

Bot, commands, ledger and renderer are those of `run`. What stands in for Discord is simcord, of the extra `[demo]`; it replaces parts of
discord.py for the whole process, which must therefore not log in to the real Discord as well.
"""

import asyncio
import datetime as dt
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
from rich.console import Console

from bot.app import App, compose
from bot.config import Settings
from bot.demo_picture import draw, find_browser, font_advice
from bot.domain.subscription import Language
from bot.errors import StartupError

if TYPE_CHECKING:
    import simcord

LOOK_EVERY = 1.0
"""Seconds between two looks at the clock, the digest folder and what is owed."""
SLOWEST = 60.0
"""Seconds that the bot may take for an answer, on the slowest machine."""
LOCALES = {Language.KOREAN: "ko", Language.ENGLISH: "en-US"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A simulated server with the bot, a channel, and a member who manages the server."""

    app: App
    env: "simcord.Env"
    channel: "simcord.ChannelHandle"
    member: "simcord.MemberActor"

    async def subscribe(self) -> str:
        """Subscribe the channel by the real command, which posts the newest digest at once; return the bot's answer."""
        result = await self.member.slash(self.channel, "channel subscribe", send_now=True)
        if result.response is None:
            raise StartupError("The simulated Discord got no answer to /channel subscribe.")
        return result.response.content

    async def look(self) -> bool:
        """Let the simulated time catch up with the real one, post what is owed and correct what differs; tell whether anything did."""
        catch_up(self.env)
        before = replace(self.app.courier.tally)
        await self.app.index()
        await self.app.deliveries.tick()
        await self.app.fleet.idle()
        await self.app.corrections.idle()
        return self.app.courier.tally != before

    def page(self, port: int) -> "simcord.Preview":
        """Return the page that shows the channel, not yet served. Port 0 takes a free one."""
        settings = self.app.settings
        return self.env.preview(
            self.channel,
            viewers=[self.member],
            layout="channel",
            locale=LOCALES[settings.language],
            timezone=settings.timezone.key,
            port=port,
        )


@asynccontextmanager
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    """Set up a server with the bot in it, which keeps its state in a folder that goes when the context ends.

    Raises StartupError where the extra is missing or there is no digest folder.
    """
    try:
        import simcord  # noqa: PLC0415  an extra, and heavy
    except ImportError:
        sentence = "The demo needs its extra: make demo installs it, or pip install 'paper-digest[demo]'."
        raise StartupError(sentence) from None
    with tempfile.TemporaryDirectory(prefix="paper-digest-demo-") as folder:
        async with (
            compose(_in(Path(folder), settings)) as app,
            simcord.run(app.bot, shard_count=1, check_errors=False, settle_timeout=SLOWEST) as env,
        ):
            env.backend.subscribers.insert(0, _complete(LOCALES[settings.language]))
            catch_up(env)
            await app.index()
            await app.bot.tree.sync()
            if app.bot.user is not None:
                await app.bot.user.edit(username="Paper Digest")
            guild = env.create_guild("논문 읽는 사람들")
            managers = guild.create_role("운영진", permissions=discord.Permissions(manage_guild=True))
            member = guild.add_member(env.create_user("jimin", global_name="지민"), roles=[managers])
            yield Stage(app=app, env=env, channel=guild.create_text_channel("오늘의-논문"), member=member)


async def demo(settings: Settings, *, screenshot: Path | None, port: int, console: Console | None = None) -> None:
    """Show the channel in the browser until the page or Ctrl-C ends it; or draw it into `screenshot`.

    Raises StartupError where something is missing or the port is taken.
    """
    console = console or Console(highlight=False, soft_wrap=True)
    browser = find_browser() if screenshot is not None else None
    if advice := await font_advice():
        console.print(advice, style="yellow")
    async with stage(settings) as here:
        await here.subscribe()
        async with _served(here, 0 if browser else port) as page:
            if browser is not None and screenshot is not None:
                await draw(browser, page.url, screenshot)
                console.print(f"The channel is in {screenshot}.")
                return
            console.print(_welcome(here, page.url))
            await _live(here, page)


def catch_up(env: "simcord.Env") -> None:
    """Set the simulated clock, which stands still by itself, to the time it is."""
    behind = dt.datetime.now(dt.UTC) - env.now()
    env.backend.advance_clock(max(0.0, behind.total_seconds()))


def _in(folder: Path, settings: Settings) -> Settings:
    """Return the settings with all state in `folder`, and nothing of the real bot's."""
    return replace(
        settings,
        discord_token=None,
        database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        archive_path=folder / "archive.db",
        alert_channel_id=None,
    )


def _complete(locale: str) -> Any:
    """Return a listener that completes interactions before the bot gets them, by what simcord leaves out and Discord tells.

    These are the language of who asks, and that the bot was added to the server.
    """

    def complete(event: str, payload: dict[str, Any]) -> None:
        if event == "INTERACTION_CREATE":
            payload["locale"] = locale
            if "guild_id" in payload:
                payload["guild_locale"] = locale
                payload["authorizing_integration_owners"] = {"0": payload["guild_id"]}

    return complete


def _welcome(here: Stage, url: str) -> str:
    folder = here.app.settings.digests_dir
    newest = here.app.library.newest
    posted = f"{newest.id} is posted" if newest is not None else f"there is no digest in {folder} yet"
    return (
        f"A simulated server with the bot in it: {posted}. Type / there to try the commands. Open\n\n  {url}\n\n"
        "The address is the key to the page, so keep it to yourself. Ctrl-C ends the demo, and nothing of it is kept."
    )


@asynccontextmanager
async def _served(here: Stage, port: int) -> AsyncIterator["simcord.Preview"]:
    import simcord  # noqa: PLC0415  an extra, and heavy

    page = here.page(port)
    try:
        await page.__aenter__()
    except simcord.SetupError as error:
        raise StartupError(f"The page can't be served: {error}. Another --port may do.") from error
    try:
        yield page
    finally:
        await page.close()


async def _live(here: Stage, page: "simcord.Preview") -> None:
    """Keep the server alive until the page is closed or Ctrl-C comes."""
    import simcord  # noqa: PLC0415  an extra, and heavy

    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, told.set)
    ends = {asyncio.create_task(told.wait()), asyncio.create_task(page.wait_closed())}
    stale = False
    while not any(end.done() for end in ends):
        stale = await here.look() or stale
        try:
            if stale:
                await page.refresh()
            stale = False
        except simcord.SetupError:
            pass  # somebody is using the page just now: next time
        await asyncio.wait(ends, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()
