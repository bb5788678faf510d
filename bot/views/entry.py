"""Controls of single papers on reading lists: save one, mark it read, take it off."""

import re
from typing import Any, Self, assert_never

import discord
from discord.ui import Button, DynamicItem, View

from bot.chat.answers import Asked, answer, voice
from bot.chat.boundary import boundary
from bot.chat.services import Services
from bot.domain.delivery import DigestKey
from bot.domain.digest import Paper
from bot.domain.reading_list import MOST, EntryKey, ListFull, ReadingState, Saved, SavedBefore, SavedPaper, mark, marked
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.lines import title_line
from bot.rendering.reading_list import state_of
from bot.views.fixed import button, fixed

SAVE = r"pd:save:(?P<digest>[0-9]{1,18}):(?P<place>[0-9]{1,5}):(?P<mark>[0-9a-f]{12})"
"""The button under a paper's card names digest and place, and has a mark of the title: a correction may put another paper there."""
ENTRY = r"pd:entry:(?P<verb>read|to_read|drop):(?P<key>[0-9]{1,18})"
"""The buttons under an entry name it; only the list of who presses is touched."""


def entry_controls(services: Services) -> tuple[type[DynamicItem[Any]], ...]:
    """Return the controls, which work with `services`."""

    class Save(DynamicItem[Button[Any]], template=SAVE):
        """The button under a card."""

        def __init__(self, item: Button[Any], key: DigestKey, place: int, mark: str) -> None:
            super().__init__(item)
            self._key, self._place, self._mark = key, place, mark

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Button[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]  # discord.py names any item
            """Take digest, place and mark from the button's id."""
            return cls(item, DigestKey(int(match["digest"])), int(match["place"]), match["mark"])

        async def callback(self, interaction: Asked, /) -> None:
            """Put the paper on the list of who pressed."""
            async with boundary(interaction):
                await _save(interaction, services, self._key, self._place, self._mark)

    class Entry(DynamicItem[Button[Any]], template=ENTRY):
        """A button under an entry."""

        def __init__(self, item: Button[Any], verb: str, key: EntryKey) -> None:
            super().__init__(item)
            self._verb, self._key = verb, key

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Button[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]  # as above
            """Take verb and entry from the button's id."""
            return cls(item, match["verb"], EntryKey(int(match["key"])))

        async def callback(self, interaction: Asked, /) -> None:
            """Change the entry, and what is shown of it."""
            async with boundary(interaction):
                await _change(interaction, services, self._verb, self._key)

    return Save, Entry


def save_button(key: DigestKey, paper: Paper, say: Words) -> Button[Any]:
    """Return the button that puts a paper on the list of who presses it."""
    custom_id = f"pd:save:{key}:{paper.ordinal}:{mark(paper)}"
    return button(say("Save to reading list"), custom_id, style=discord.ButtonStyle.primary)


def entry_view(entry: SavedPaper, say: Words) -> View:
    """Return the buttons under an entry."""
    is_read = entry.state is ReadingState.READ
    verb, label = ("to_read", say("Mark as to read")) if is_read else ("read", say("Mark as read"))
    return fixed(
        button(label, f"pd:entry:{verb}:{entry.key}", style=discord.ButtonStyle.primary),
        button(say("Remove"), f"pd:entry:drop:{entry.key}", style=discord.ButtonStyle.danger),
    )


async def own_entry(interaction: Asked, services: Services, key: EntryKey) -> SavedPaper:
    """Return an entry of the list of who asks. Raises UserError where it is not on it."""
    entry = await services.reading_list.get(interaction.user.id, key)
    if entry is None:
        raise UserError("This paper is no longer on your reading list.")
    return entry


async def _save(interaction: Asked, services: Services, key: DigestKey, place: int, title_mark: str) -> None:
    say = voice(interaction)
    digest = await services.digest(key)
    paper = None if digest is None else marked(digest, place, title_mark)
    if digest is None or paper is None:
        raise UserError("This paper is no longer in the digests. `/paper search` may find it elsewhere.")
    outcome = await services.reading_list.save(
        interaction.user.id, SavedPaper.of(digest, key, paper, services.clock.now())
    )
    match outcome:
        case Saved(total):
            said = say.count(
                "✅ Saved: {title}. It is the only paper on your reading list; `/saved list` shows it.",
                "✅ Saved: {title}. There are {n} papers on your reading list now; `/saved list` shows them.",
                total,
                title=title_line(paper.title, None),
            )
            await answer(interaction, said)
        case SavedBefore(entry):
            await answer(interaction, state_of(entry, services.settings.timezone, say), view=entry_view(entry, say))
        case ListFull():
            raise UserError(
                "Your reading list holds {most} papers, and more don't fit. Remove some by `/saved list`; "
                "`/saved export` gives you a copy first.",
                most=MOST,
            )
        case _:
            assert_never(outcome)


async def _change(interaction: Asked, services: Services, verb: str, key: EntryKey) -> None:
    say, user_id = voice(interaction), interaction.user.id
    if verb == "drop":
        entry = await own_entry(interaction, services, key)
        await services.reading_list.remove(user_id, key)
        await interaction.response.edit_message(
            content=say("Removed from your reading list: {title}", title=title_line(entry.title, None)),
            embeds=[],
            view=None,
        )
        return
    await services.reading_list.mark(user_id, key, ReadingState(verb))
    entry = await own_entry(interaction, services, key)
    await interaction.response.edit_message(
        content=state_of(entry, services.settings.timezone, say), view=entry_view(entry, say)
    )
