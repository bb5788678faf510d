"""The control that opens a paper: under posts and under lists of papers, after any restart."""

import re
from collections.abc import Iterable
from typing import Any, Self

import discord
from discord.ui import DynamicItem, Select

from bot.chat.boundary import boundary
from bot.chat.services import Services
from bot.cogs.answers import Asked, answer, voice
from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, Paper
from bot.domain.post import Menu
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.embeds import label
from bot.rendering.limits import CHOICE_LABEL, CHOICES
from bot.rendering.paper_card import card

POSTED = r"pd:open:(?P<digest>[0-9]{1,18}):(?P<part>[0-9]{1,4})"
"""The control under a post names its digest; its values are places in it."""
LISTED = "pd:papers"
"""The control under a list of papers of several digests: its values are `<digest's number>/<place>`."""


def paper_controls(services: Services) -> tuple[type[DynamicItem[Any]], ...]:
    """Return the controls, which work with `services`."""

    class Posted(DynamicItem[Select[Any]], template=POSTED):
        """The select under a post."""

        def __init__(self, select: Select[Any], key: DigestKey) -> None:
            super().__init__(select)
            self._key = key

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Select[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]  # discord.py names any item
            """Take the digest's number from the control's id."""
            return cls(item, DigestKey(int(match["digest"])))

        async def callback(self, interaction: Asked, /) -> None:
            """Open the chosen paper."""
            await _open(interaction, services, self._key, self.item.values[0])

    class Listed(DynamicItem[Select[Any]], template=LISTED):
        """The select under a list."""

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Select[Any], __: re.Match[str], /) -> Self:  # type: ignore[override]  # as above
            """Take the select as it is."""
            return cls(item)

        async def callback(self, interaction: Asked, /) -> None:
            """Open the chosen paper."""
            key, _, ordinal = self.item.values[0].partition("/")
            await _open(interaction, services, DigestKey(int(key)), ordinal)

    return Posted, Listed


async def _open(interaction: Asked, services: Services, key: DigestKey, ordinal: str) -> None:
    """Show a paper to who chose it."""
    async with boundary(interaction):
        found = await services.paper(key, int(ordinal))
        if found is None:
            raise UserError("This paper is no longer in the digests. `/paper search` may find it elsewhere.")
        await show_paper(interaction, *found)


async def show_paper(interaction: Asked, digest: Digest, paper: Paper, *, share: bool = False) -> None:
    """Answer with a paper's card."""
    await answer(interaction, embeds=card(digest, paper, voice(interaction)), share=share)


def posted(menu: Menu) -> discord.ui.View:
    """Return the control under a post, for an answer that shows the same."""
    options = [discord.SelectOption(label=choice.label, value=str(choice.ordinal)) for choice in menu.choices]
    return _fixed(Select(custom_id=menu.custom_id, placeholder=menu.placeholder, options=options))


def listed(papers: Iterable[tuple[DigestKey, Digest, Paper]], say: Words) -> discord.ui.View:
    """Return a control that opens one of at most 25 papers."""
    options = [
        discord.SelectOption(
            label=label(paper, CHOICE_LABEL), value=f"{key}/{paper.ordinal}", description=digest.date.isoformat()
        )
        for key, digest, paper in papers
    ]
    return _fixed(Select(custom_id=LISTED, placeholder=say("Read or save a paper"), options=options[:CHOICES]))


def _fixed(select: Select[Any]) -> discord.ui.View:
    """Return a view that discord.py sends and does not keep: its control is found by its id."""
    view = discord.ui.View(timeout=None)
    view.add_item(select)
    view.stop()
    return view
