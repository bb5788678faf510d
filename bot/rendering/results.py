"""What a search found, as an embed."""

from collections.abc import Iterator

from bot.archive.values import Hit, Results
from bot.domain.post import Embed
from bot.locales.words import Words
from bot.rendering.addresses import address
from bot.rendering.embeds import COLOUR
from bot.rendering.graphemes import cut
from bot.rendering.inline import plain
from bot.rendering.limits import DESCRIPTION_BUDGET, weight
from bot.rendering.pieces import escape, harmless, link_pieces, text_piece, write

LONGEST_TITLE = 150
"""Characters of a hit's title: two lines on a telephone."""


def results_embed(query: str, results: Results, say: Words, *, first: int = 1) -> Embed:
    """Show one page of hits, the first of which has the place `first` among all."""
    lines: list[str] = []
    if results.corrected:
        lines.append(say("Showing results for **{query}**.", query=escape(harmless(results.corrected))))
    room = DESCRIPTION_BUDGET - sum(map(weight, lines))
    for place, hit in enumerate(results.hits, first):
        text = "\n".join(_lines(place, hit))
        if weight(text) + 2 > room:
            break
        room -= weight(text) + 2
        lines.append(text)
    title = say("Papers about “{query}”", query=cut(harmless(" ".join(query.split())), 100))
    return Embed("\n\n".join(lines), title=escape(title), footer=_footer(results, first, say), colour=COLOUR)


def _lines(place: int, hit: Hit) -> Iterator[str]:
    title = cut(harmless(plain(hit.title)), LONGEST_TITLE)
    url = address(hit.url) if hit.url else None
    yield f"**{place}.** {write(link_pieces(title, url) if url else (text_piece(title),))}"
    yield f"-# {hit.date} · {escape(harmless(hit.id))}"
    if hit.snippet:
        yield hit.snippet


def _footer(results: Results, first: int, say: Words) -> str:
    last = first + len(results.hits) - 1
    return say.count("{n} paper found", "{n} papers found", results.total) + f" · {first}–{last}"
