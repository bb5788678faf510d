"""`/digest`: past digests, as they are posted."""

import datetime as dt

from discord import app_commands
from discord.app_commands import Choice, Transform

from bot.chat.answers import Asked, answer, voice
from bot.chat.services import Services
from bot.cogs.options import DayOption
from bot.cogs.wishes import language_of_person
from bot.domain.digest import Digest
from bot.domain.subscription import Style
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.limits import CHOICES
from bot.rendering.masthead import name
from bot.views.papers import posted


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class DigestCommands(app_commands.Group, name="digest", description="The daily digests"):
    """Commands about whole digests."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @app_commands.command(name="latest", description="Read the newest digest")
    @app_commands.describe(share="Show it to everybody here")
    async def latest(self, interaction: Asked, share: bool = False) -> None:
        """Show the newest digest whose day has come."""
        today = self._services.clock.now().astimezone(self._services.settings.timezone).date()
        digests = [digest for digest in await self._services.library.refresh() if digest.date <= today]
        if not digests:
            raise UserError("There is no digest yet; the first one comes as soon as its author has written it.")
        await self._show(interaction, digests[-1], share=share)

    @app_commands.command(name="show", description="Read the digest of a day")
    @app_commands.describe(date="The day, as YYYY-MM-DD", share="Show it to everybody here")
    async def show(self, interaction: Asked, date: Transform[dt.date, DayOption], share: bool = False) -> None:
        """Show a day's digest; of several the last."""
        say = voice(interaction)
        await self._services.library.refresh()
        digests = self._services.library.on(date)
        if not digests:
            raise UserError("{sentence}", sentence=self._nearest(date, say))
        await self._show(interaction, digests[-1], share=share)

    @show.autocomplete("date")
    async def _days(self, interaction: Asked, typed: str) -> list[Choice[str]]:
        """Offer the newest days that fit what was typed."""
        say, wanted = voice(interaction), typed.strip().lower()
        offered: dict[str, str] = {}
        for digest in reversed(self._services.library.digests):
            day = digest.date.isoformat()
            shown = f"{say.date(digest.date)} · {say.count('{n} paper', '{n} papers', len(digest.papers))} · {name(digest, say)}"
            if wanted in f"{day} {shown}".lower():
                offered.setdefault(day, shown[:100])
            if len(offered) == CHOICES:
                break
        return [Choice(name=shown, value=day) for day, shown in offered.items()]

    def _nearest(self, day: dt.date, say: Words) -> str:
        digests = self._services.library.digests
        if not digests:
            return say("There is no digest yet; the first one comes as soon as its author has written it.")
        nearest = min((digest.date for digest in digests), key=lambda date: abs(date - day))
        return say(
            "There is no digest of {date}. The nearest one is of {nearest}.",
            date=say.date(day),
            nearest=nearest.isoformat(),
        )

    async def _show(self, interaction: Asked, digest: Digest, *, share: bool) -> None:
        """Answer with the messages of a digest; the first is the answer, the rest follow it."""
        services = self._services
        language = language_of_person(interaction, services.settings.language)
        posts = services.renderer.render(digest, await services.key(digest), style=Style.FULL, language=language)
        for post in posts:
            view = None if post.menu is None else posted(post.menu)
            await answer(interaction, post.content, embeds=post.embeds, view=view, share=share)
