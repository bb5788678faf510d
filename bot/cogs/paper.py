"""`/paper`: past papers, found and read."""

import datetime as dt

from discord import app_commands
from discord.app_commands import Choice, Transform
from discord.ext import commands

from bot.archive.values import Results
from bot.chat.services import Services
from bot.cogs.answers import Asked, answer, voice
from bot.cogs.options import DayOption, shown
from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, Paper
from bot.errors import UserError
from bot.rendering.graphemes import cut
from bot.rendering.limits import CHOICE_LABEL
from bot.rendering.results import results_embed
from bot.views.papers import listed, show_paper

PAGE = 8
"""Hits in one answer."""


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class PaperCommands(commands.GroupCog, group_name="paper", group_description="Papers of past digests"):
    """Commands about single papers."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(name="search", description="Look for papers in every digest there was")
    @app_commands.describe(
        query="Words of the title or the text, in Korean or English",
        since="From this day on, as YYYY-MM-DD",
        until="Up to this day, as YYYY-MM-DD",
        share="Show it to everybody here",
    )
    async def search(
        self,
        interaction: Asked,
        query: app_commands.Range[str, 1, 200],
        since: Transform[dt.date, DayOption] | None = None,
        until: Transform[dt.date, DayOption] | None = None,
        share: bool = False,
    ) -> None:
        """Show the papers that answer best, with a control to open one."""
        say = voice(interaction)
        if since is not None and until is not None and since > until:
            raise UserError("`since` is later than `until`: exchange the two days.")
        results = await self._services.archive.search(query, since=since, until=until, limit=PAGE)
        if not results.hits:
            raise UserError(
                "Nothing in the archive answers “{query}”. Try fewer or other words, in Korean or English.",
                query=shown(query),
            )
        papers = await self._papers(results)
        view = listed(papers, say) if papers else None
        await answer(interaction, embeds=(results_embed(query, results, say),), view=view, share=share)

    @app_commands.command(name="show", description="Read a paper")
    @app_commands.describe(paper="Begin to type its title", share="Show it to everybody here")
    async def show(self, interaction: Asked, paper: app_commands.Range[str, 1, 300], share: bool = False) -> None:
        """Show a paper by its id, or by what somebody typed of its title."""
        digest, found = await self._named(paper)
        await show_paper(interaction, digest, found, share=share)

    @app_commands.command(name="random", description="Read any paper")
    @app_commands.describe(share="Show it to everybody here")
    async def random(self, interaction: Asked, share: bool = False) -> None:
        """Show a paper by chance."""
        paper_id = await self._services.archive.random()
        found = None if paper_id is None else self._services.library.paper(paper_id)
        if found is None:
            raise UserError("There is no paper in the archive yet.")
        await show_paper(interaction, *found, share=share)

    @show.autocomplete("paper")
    async def _titles(self, _: Asked, typed: str) -> list[Choice[str]]:
        """Offer papers whose title fits."""
        suggestions = await self._services.archive.complete(typed)
        return [
            Choice(name=cut(f"{each.title} ({each.date})", CHOICE_LABEL), value=each.id)
            for each in suggestions
            if len(each.id) <= CHOICE_LABEL
        ]

    async def _named(self, text: str) -> tuple[Digest, Paper]:
        """Return the paper that an option names: its id as a choice gives it, else the title that fits best. Raises UserError."""
        found = self._services.library.paper(text.strip())
        if found is None:
            suggestions = await self._services.archive.complete(text, limit=1)
            found = self._services.library.paper(suggestions[0].id) if suggestions else None
        if found is None:
            raise UserError(
                "There is no paper “{text}”. Begin to type its title and choose from the list.", text=shown(text)
            )
        return found

    async def _papers(self, results: Results) -> list[tuple[DigestKey, Digest, Paper]]:
        """Return the hits that are still in the digests; the archive may be a moment behind."""
        found = [paper for hit in results.hits if (paper := self._services.library.paper(hit.id)) is not None]
        return [(await self._services.key(digest), digest, paper) for digest, paper in found]
