"""Search results that are turned page by page, after any restart: the search itself is written into the ids of the buttons."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, View

from bot.archive.values import Results
from bot.chat.answers import Asked, voice
from bot.chat.boundary import boundary
from bot.chat.services import Services
from bot.domain.post import Embed
from bot.errors import UserError
from bot.locales.words import Words
from bot.rendering.limits import CUSTOM_ID, weight
from bot.rendering.results import results_embed
from bot.views.fixed import button, fixed
from bot.views.papers import paper_menu

PAGE = 8
"""Hits of a page."""
BACK, PLACE, ON = range(3)
"""The buttons: to the page before, where one is, to the page after."""
TURN = r"pd:find:(?P<button>[0-2]):(?P<piece>.*)"
_PREFIX = len("pd:find:0:")
_SPACE = "␣"
"""Stands for a space, which Discord might trim at the end of an id."""


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looked for, and the page that they see."""

    asker: int
    query: str
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = 0

    def write(self) -> tuple[str, ...] | None:
        """Return the ids of three buttons, which hold the search together; None where it is too long even for them."""
        days = (str(day.toordinal()) if day else "" for day in (self.since, self.until))
        text = "/".join((str(self.asker), str(self.page), *days, self.query)).replace(" ", _SPACE)
        pieces = _pieces(text, CUSTOM_ID - _PREFIX)
        if len(pieces) > 3:
            return None
        return tuple(f"pd:find:{place}:{piece}" for place, piece in enumerate((*pieces, "", "")[:3]))

    @classmethod
    def read(cls, ids: Sequence[str]) -> "Search":
        """Read a search from the ids of its buttons, in order."""
        text = "".join(each[_PREFIX:] for each in ids).replace(_SPACE, " ")
        asker, page, since, until, query = text.split("/", 4)
        return cls(int(asker), query, _day(since), _day(until), int(page))


def pager_controls(services: Services) -> tuple[type[DynamicItem[Any]], ...]:
    """Return the controls, which work with `services`."""

    class Turn(DynamicItem[Button[Any]], template=TURN):
        """A button that turns the page."""

        def __init__(self, item: Button[Any], step: int) -> None:
            super().__init__(item)
            self._step = step

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Button[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]  # discord.py names any item
            """Take the direction from the button's id."""
            return cls(item, int(match["button"]) - PLACE)

        async def callback(self, interaction: Asked, /) -> None:
            """Show the page before or after."""
            async with boundary(interaction):
                await _turn(interaction, services, self._step)

    return (Turn,)


async def results_page(services: Services, search: Search, say: Words) -> tuple[Results, Embed, View]:
    """Return a page of results: the values, what is shown of them, and the controls below. `hits` may be empty."""
    results = await services.archive.search(
        search.query, since=search.since, until=search.until, limit=PAGE, offset=search.page * PAGE
    )
    embed = results_embed(search.query, results, say, first=search.page * PAGE + 1)
    found = [paper for hit in results.hits if (paper := services.library.paper(hit.id)) is not None]
    papers = [(await services.key(digest), digest, paper) for digest, paper in found]
    menus = [paper_menu(papers, say)] if papers else []
    return results, embed, fixed(*menus, *_buttons(search, results))


def _buttons(search: Search, results: Results) -> list[Button[Any]]:
    pages = -(-results.total // PAGE)
    ids = search.write()
    if pages < 2 or ids is None:
        return []
    back, place, on = (
        button(label, each) for label, each in zip(("◀", f"{search.page + 1}/{pages}", "▶"), ids, strict=True)
    )
    back.disabled, place.disabled, on.disabled = search.page == 0, True, search.page + 1 >= pages
    return [back, place, on]


async def _turn(interaction: Asked, services: Services, step: int) -> None:
    search = Search.read(_ids(interaction))
    if search.asker != interaction.user.id:
        raise UserError("Only <@{asker}> turns these pages. `/paper search` gives you your own.", asker=search.asker)
    search = replace(search, page=max(0, search.page + step))
    results, embed, view = await results_page(services, search, voice(interaction))
    if not results.hits:
        raise UserError("The archive has changed since, and this page is no more. Use `/paper search` once more.")
    await interaction.response.edit_message(embed=discord.Embed.from_dict(embed.payload()), view=view)


def _ids(interaction: Asked) -> list[str]:
    """Return the ids of the pager's buttons, in order: the message comes with every press."""
    rows = interaction.message.components if interaction.message else []
    children = [child for row in rows if isinstance(row, discord.ActionRow) for child in row.children]
    return sorted(child.custom_id for child in children if child.custom_id and child.custom_id.startswith("pd:find:"))


def _pieces(text: str, most: int) -> list[str]:
    pieces = [""]
    for character in text:
        if weight(pieces[-1]) + weight(character) > most:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _day(text: str) -> dt.date | None:
    return dt.date.fromordinal(int(text)) if text else None
