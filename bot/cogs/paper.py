"""`/paper`: past papers, found and read."""

import datetime as dt

from discord import app_commands
from discord.app_commands import Choice, Transform

from bot.chat.answers import Asked, answer, voice
from bot.chat.services import Services
from bot.cogs.options import DayOption, shown
from bot.cogs.why import said
from bot.delivery.why import NotSubscribed
from bot.domain.digest import Digest, Paper
from bot.domain.subscription import Destination, DestinationKind
from bot.domain.text import runs
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.graphemes import cut
from bot.rendering.limits import CHOICE_LABEL
from bot.rendering.lines import title_line
from bot.rendering.related import related_embed
from bot.views.fixed import fixed
from bot.views.pager import Search, results_page
from bot.views.papers import paper_menu, related_papers, show_paper

RELATED = 8
"""Papers in an answer to `/paper related`."""
PaperOption = app_commands.Range[str, 1, 300]


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class PaperCommands(app_commands.Group, name="paper", description="Papers of past digests"):
    """Commands about single papers."""

    def __init__(self, services: Services) -> None:
        super().__init__()
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
        """Show the papers that answer best, page by page, with a control to open one."""
        say = voice(interaction)
        if since is not None and until is not None and since > until:
            raise UserError("`since` is later than `until`: exchange the two days.")
        search = Search(interaction.user.id, " ".join(query.split()), since, until)
        results, embed, view = await results_page(self._services, search, say)
        if not results.hits:
            raise UserError(
                "Nothing in the archive answers “{query}”. Try fewer or other words, in Korean or English.",
                query=shown(query),
            )
        await answer(interaction, embeds=(embed,), view=view, share=share)

    @app_commands.command(name="show", description="Read a paper")
    @app_commands.describe(paper="Begin to type its title", share="Show it to everybody here")
    async def show(self, interaction: Asked, paper: PaperOption, share: bool = False) -> None:
        """Show a paper by its id, or by what somebody typed of its title."""
        digest, found = await self._named(paper)
        await show_paper(interaction, self._services, digest, found, share=share)

    @app_commands.command(name="random", description="Read any paper")
    @app_commands.describe(share="Show it to everybody here")
    async def random(self, interaction: Asked, share: bool = False) -> None:
        """Show a paper by chance."""
        paper_id = await self._services.archive.random()
        found = None if paper_id is None else self._services.library.paper(paper_id)
        if found is None:
            raise UserError("There is no paper in the archive yet.")
        await show_paper(interaction, self._services, *found, share=share)

    @app_commands.command(name="related", description="Look for papers that are like one you know")
    @app_commands.describe(paper="Begin to type its title", share="Show it to everybody here")
    async def related(self, interaction: Asked, paper: PaperOption, share: bool = False) -> None:
        """Show the papers that share most with one, with a control to open them."""
        say = voice(interaction)
        digest, found = await self._named(paper)
        others = await related_papers(self._services, digest, found, RELATED)
        if not others:
            raise UserError("The archive has no paper that is like “{title}” yet.", title=title_line(found.title, None))
        embed = related_embed(found, [(each, one) for _, each, one in others], say)
        await answer(interaction, embeds=(embed,), view=fixed(paper_menu(others, say)), share=share)

    @app_commands.command(name="why", description="Learn why a paper did or did not reach this channel or you")
    @app_commands.describe(paper="Begin to type its title")
    async def why(self, interaction: Asked, paper: PaperOption) -> None:
        """Explain, for the channel and for the direct messages of who asks."""
        say = voice(interaction)
        await self._services.library.refresh()
        digest, found = await self._named(paper)
        await answer(
            interaction,
            "\n".join(
                [
                    f"**{title_line(found.title, None)}** ({digest.date})",
                    *await self._why(interaction, digest, found, say),
                ]
            ),
        )

    @show.autocomplete("paper")
    @related.autocomplete("paper")
    @why.autocomplete("paper")
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
        if found is None and runs(text):
            suggestions = await self._services.archive.complete(text, limit=1)
            found = self._services.library.paper(suggestions[0].id) if suggestions else None
        if found is None:
            raise UserError(
                "There is no paper “{text}”. Begin to type its title and choose from the list.", text=shown(text)
            )
        return found

    async def _why(self, interaction: Asked, digest: Digest, paper: Paper, say: Words) -> list[str]:
        """Return a line for each place that the paper could have reached."""
        services, guild_id = self._services, interaction.guild_id
        shelf = await services.deliveries.shelf()
        edition = shelf.by_key.get(await services.key(digest))
        if edition is None:
            raise UserError("This paper is no longer in the digests. `/paper search` may find it elsewhere.")
        you = Destination(DestinationKind.USER, interaction.user.id)
        places: list[tuple[Destination, int | None, str]] = [(you, None, say("Direct messages to you"))]
        if guild_id is not None:
            here = Destination(DestinationKind.CHANNEL, interaction.channel_id or 0)
            places.insert(0, (here, guild_id, f"<#{here.id}>"))
        lines: list[str] = []
        for destination, guild, name in places:
            why = await services.explainer.why(shelf, edition, paper, destination)
            if isinstance(why, NotSubscribed) and lines:
                continue  # who reads in a channel need not be told that they get no direct messages
            subscription = await services.subscriptions.get(destination)
            zone = services.settings.timezone if subscription is None else subscription.zone
            lines.append(f"- {name}: {said(why, guild, zone, say)}")
        return lines
