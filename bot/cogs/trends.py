"""`/trends`: how often terms occur."""

from io import BytesIO
from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import Asked, answer, voice
from bot.chat.services import Services
from bot.cogs.options import shown
from bot.domain.post import Embed
from bot.domain.text import runs
from bot.domain.trend import Trend, trend
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.embeds import COLOUR
from bot.trends.figures import sentences, spreadsheet, table
from bot.trends.layout import lay_out

PICTURE = "trends.png"
ALT_TEXT = 1024
"""Characters of a picture's description (Discord, *Attachment*)."""
TermOption = app_commands.Range[str, 1, 50]


class TrendsCommands:
    """The command about what papers are about, week by week."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.commands: tuple[app_commands.Command[Any, ..., Any], ...] = (
            app_commands.Command(
                name="trends",
                description="Draw how often terms occur in the papers of each week",
                callback=self.trends,
            ),
        )

    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        term="A term, in Korean or English",
        term2="A second term",
        term3="A third term",
        term4="A fourth term",
        share="Show it to everybody here",
    )
    async def trends(
        self,
        interaction: Asked,
        term: TermOption,
        term2: TermOption | None = None,
        term3: TermOption | None = None,
        term4: TermOption | None = None,
        share: bool = False,
    ) -> None:
        """Answer with a picture, the figures in words, and all of them as a file."""
        say = voice(interaction)
        terms = _different([each for each in (term, term2, term3, term4) if each])
        await interaction.response.defer(ephemeral=not share, thinking=True)
        counted = await self._counted(terms)
        picture = await self._services.studio.draw(lay_out(counted, say))
        words = [f"**{shown(' · '.join(line.spellings))}**: {sentence}" for line, sentence in sentences(counted, say)]
        embed = Embed(
            _told(words, counted, say), title=say("Papers a week"), image=f"attachment://{PICTURE}", colour=COLOUR
        )
        files = [
            discord.File(BytesIO(picture), PICTURE, description="\n".join(words)[:ALT_TEXT]),
            discord.File(BytesIO(spreadsheet(counted, say)), "trends.csv"),
        ]
        await answer(interaction, embeds=(embed,), files=files, share=share)

    async def _counted(self, terms: list[str]) -> Trend:
        archive = self._services.archive
        spellings = [(each, *await archive.counterparts(each)) for each in terms]
        counted = trend(await archive.papers_by_day(), {each: await archive.papers_by_day(each) for each in spellings})
        if not counted.total:
            raise UserError("There is no paper in the archive yet.")
        if not any(line.total for line in counted.lines):
            raise UserError(
                "No paper of the last {weeks} weeks has {terms}. Try other words, in Korean or English.",
                weeks=len(counted.weeks),
                terms=", ".join(f"“{shown(each)}”" for each in terms),
            )
        return counted


def _different(terms: list[str]) -> list[str]:
    """Return the terms less repetitions. Raises UserError for one that has no word in it."""
    different: dict[tuple[str, ...], str] = {}
    for term in terms:
        words = tuple(runs(term))
        if not words:
            raise UserError(
                "There is no word in “{text}”. Write a term such as 언어 모델 or diffusion.", text=shown(term)
            )
        different.setdefault(words, " ".join(term.split()))
    return list(different.values())


def _told(words: list[str], counted: Trend, say: Words) -> str:
    heading = say("Week by week, the terms numbered in that order; the file has all weeks:")
    return "\n".join([*words, "", heading, f"```\n{table(counted)}\n```"])
