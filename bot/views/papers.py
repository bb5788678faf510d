"""The control that opens a paper: under posts, under lists of papers and under other papers, after any restart."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Self

import discord
from discord.ui import DynamicItem, Select, View

from bot.chat.answers import Asked, answer, voice
from bot.chat.boundary import boundary
from bot.chat.services import Services
from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, Paper
from bot.domain.post import Menu
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.embeds import label
from bot.rendering.limits import CHOICE_LABEL
from bot.rendering.paper_card import card
from bot.rendering.related import with_earlier
from bot.views.entry import save_button
from bot.views.fixed import fixed, menu

POSTED = r"pd:open:(?P<digest>[0-9]{1,18}):(?P<part>[0-9]{1,4})"
"""The control under a post names its digest; its values are places in it."""
LISTED = "pd:papers"
"""The control under a list of papers of several digests: its values are `<digest's number>/<place>`."""
EARLIER = 3
"""Related earlier papers on a card."""
LOOKED_AT = 15
"""Related papers among which the earlier ones are chosen."""

Entry = tuple[DigestKey, Digest, Paper]


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
        await show_paper(interaction, services, *found)


async def show_paper(
    interaction: Asked, services: Services, digest: Digest, paper: Paper, *, share: bool = False
) -> None:
    """Answer with a paper's card: related earlier papers under it, and controls to save it and to open those."""
    say = voice(interaction)
    earlier = await _earlier(services, digest, paper)
    shown = with_earlier(card(digest, paper, say), [(each, one) for _, each, one in earlier], say)
    controls: list[discord.ui.Item[Any]] = [save_button(await services.key(digest), paper, say)]
    if earlier:
        controls.append(paper_menu(earlier, say, placeholder=say("Read a related paper")))
    await answer(interaction, embeds=shown, view=fixed(*controls), share=share)


async def related_papers(services: Services, digest: Digest, paper: Paper, limit: int) -> list[Entry]:
    """Return the papers that share most with one, as far as they are still in the digests."""
    hits = await services.archive.related(digest.paper_id(paper), limit=limit)
    return await listable(services, [found for hit in hits if (found := services.library.paper(hit.id)) is not None])


async def listable(services: Services, papers: Iterable[tuple[Digest, Paper]]) -> list[Entry]:
    """Return papers with the numbers by which controls name their digests."""
    return [(await services.key(digest), digest, paper) for digest, paper in papers]


async def _earlier(services: Services, digest: Digest, paper: Paper) -> list[Entry]:
    found = await related_papers(services, digest, paper, LOOKED_AT)
    return [each for each in found if each[1].date < digest.date][:EARLIER]


def posted(menu_of_post: Menu) -> View:
    """Return the control under a post, for an answer that shows the same."""
    options = [discord.SelectOption(label=choice.label, value=str(choice.ordinal)) for choice in menu_of_post.choices]
    return fixed(menu(menu_of_post.custom_id, menu_of_post.placeholder, options))


def paper_menu(papers: Sequence[Entry], say: Words, *, placeholder: str | None = None) -> Select[Any]:
    """Return a control that opens one of at most 25 papers."""
    options = {
        f"{key}/{paper.ordinal}": discord.SelectOption(
            label=label(paper, CHOICE_LABEL), value=f"{key}/{paper.ordinal}", description=digest.date.isoformat()
        )
        for key, digest, paper in papers
    }
    return menu(LISTED, placeholder or say("Read or save a paper"), list(options.values()))
