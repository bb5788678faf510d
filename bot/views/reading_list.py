"""Controls of a reading list: turn its pages, open an entry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Select, View

from bot.chat.answers import Asked, answer, voice
from bot.chat.boundary import boundary
from bot.chat.services import Services
from bot.domain.post import Embed
from bot.domain.reading_list import EntryKey, ReadingState, SavedPaper, chosen, found_in
from bot.errors import UserError
from bot.rendering.limits import CHOICE_LABEL
from bot.rendering.paper_card import card
from bot.rendering.reading_list import PAGE, entry_embed, entry_label, pages_of, reading_list_embed, state_of
from bot.views.entry import entry_view, own_entry
from bot.views.fixed import button, fixed, menu

OPEN = "pd:saved"
"""The select of a list: its values are entries."""
TURN = r"pd:saved:(?P<page>[0-9]{1,3}):(?P<state>all|to_read|read):(?P<text>.*)"
"""The buttons of a list name the page that they lead to, and what the list was asked for."""
LONGEST_TEXT = 60
"""What is looked for in a list must fit into the ids of its buttons."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a list is shown."""

    state: ReadingState | None = None
    text: str = ""

    def of(self, entries: Sequence[SavedPaper]) -> tuple[SavedPaper, ...]:
        """Choose the entries."""
        return chosen(entries, state=self.state, text=self.text)

    def turn(self, page: int) -> str:
        """Return the id of a button that leads to a page."""
        return f"pd:saved:{page}:{self.state or 'all'}:{self.text.replace(' ', '_')}"


def list_controls(services: Services) -> tuple[type[DynamicItem[Any]], ...]:
    """Return the controls, which work with `services`."""

    class Open(DynamicItem[Select[Any]], template=OPEN):
        """The select of a list."""

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Select[Any], __: re.Match[str], /) -> Self:  # type: ignore[override]  # as above
            """Take the select as it is."""
            return cls(item)

        async def callback(self, interaction: Asked, /) -> None:
            """Show the chosen entry."""
            async with boundary(interaction):
                await _open(interaction, services, EntryKey(int(self.item.values[0])))

    class Turn(DynamicItem[Button[Any]], template=TURN):
        """A button that turns the page of a list."""

        def __init__(self, item: Button[Any], page: int, wanted: Wanted) -> None:
            super().__init__(item)
            self._page, self._wanted = page, wanted

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Button[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]  # as above
            """Take page and wishes from the button's id."""
            state = None if match["state"] == "all" else ReadingState(match["state"])
            return cls(item, int(match["page"]), Wanted(state, match["text"]))

        async def callback(self, interaction: Asked, /) -> None:
            """Show the page as the list is now."""
            async with boundary(interaction):
                embed, view = await list_page(services, interaction, self._wanted, self._page)
                await interaction.response.edit_message(embed=discord.Embed.from_dict(embed.payload()), view=view)

    return Open, Turn


async def list_page(services: Services, interaction: Asked, wanted: Wanted, page: int = 0) -> tuple[Embed, View]:
    """Return a page of the asker's list, the last one if there are fewer by now. Raises UserError where there is nothing to show."""
    say = voice(interaction)
    every = await services.reading_list.of(interaction.user.id)
    if not every:
        raise UserError(
            "Your reading list is empty. Choose a paper under a digest or among search results and press **Save to reading list**."
        )
    entries = wanted.of(every)
    if not entries:
        raise UserError("Nothing on your reading list fits that. `/saved list` without options shows all of it.")
    page = min(page, pages_of(entries) - 1)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    options = [
        discord.SelectOption(label=entry_label(each, CHOICE_LABEL), value=str(each.key), description=str(each.date))
        for each in shown
    ]
    controls: list[discord.ui.Item[Any]] = [menu(OPEN, say("Read, mark or remove a paper"), options)]
    if page > 0:
        controls.append(button(say("◀ Newer"), wanted.turn(page - 1)))
    if page + 1 < pages_of(entries):
        controls.append(button(say("Older ▶"), wanted.turn(page + 1)))
    return reading_list_embed(entries, page, say), fixed(*controls)


async def _open(interaction: Asked, services: Services, key: EntryKey) -> None:
    say = voice(interaction)
    entry = await own_entry(interaction, services, key)
    digest = await services.digest(entry.digest)
    paper = None if digest is None else found_in(digest, entry)
    embeds = (entry_embed(entry, say),) if digest is None or paper is None else card(digest, paper, say)
    await answer(
        interaction, state_of(entry, services.settings.timezone, say), embeds=embeds, view=entry_view(entry, say)
    )
