"""`/saved`: what somebody keeps to read."""

import asyncio
from io import BytesIO

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.chat.answers import Asked, answer, voice
from bot.chat.services import Services
from bot.domain.reading_list import ReadingState
from bot.errors import UserError
from bot.export.file import Format, export
from bot.views.reading_list import LONGEST_TEXT, Wanted, list_page

FORMATS = [
    Choice(name=locale_str("BibTeX, for citing"), value=Format.BIBTEX.value),
    Choice(name=locale_str("Markdown, for notes"), value=Format.MARKDOWN.value),
    Choice(name=locale_str("JSON, for programs"), value=Format.JSON.value),
]
STATES = [
    Choice(name=locale_str("to read"), value=ReadingState.TO_READ.value),
    Choice(name=locale_str("read"), value=ReadingState.READ.value),
]


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class SavedCommands(app_commands.Group, name="saved", description="Your reading list"):
    """Commands about one's own reading list."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @app_commands.command(name="list", description="Show the papers you saved")
    @app_commands.describe(state="Only those", search="Only papers with these words in title or authors")
    @app_commands.choices(state=STATES)
    async def list(
        self,
        interaction: Asked,
        state: str | None = None,
        search: app_commands.Range[str, 1, LONGEST_TEXT] | None = None,
    ) -> None:
        """Show one's list, newest first, with controls to read, mark and remove."""
        wanted = Wanted(None if state is None else ReadingState(state), search or "")
        embed, view = await list_page(self._services, interaction, wanted)
        await answer(interaction, embeds=(embed,), view=view)

    @app_commands.command(name="export", description="Get your reading list as a file")
    @app_commands.describe(format="What the file is for")
    @app_commands.choices(format=FORMATS)
    async def export(self, interaction: Asked, format: str) -> None:  # noqa: A002  the option's name
        """Attach one's list in a format."""
        say = voice(interaction)
        entries = await self._services.reading_list.of(interaction.user.id)
        if not entries:
            raise UserError(
                "Your reading list is empty. Choose a paper under a digest or among search results and press **Save to reading list**."
            )
        file = await asyncio.to_thread(export, entries, Format(format), say)
        said = say.count("Your reading list: {n} paper.", "Your reading list: {n} papers.", len(entries))
        await answer(interaction, said, files=[discord.File(BytesIO(file.content), file.name)])
