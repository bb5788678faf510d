"""Papers that are like another one."""

from collections.abc import Sequence

from bot.domain.digest import Digest, Paper
from bot.domain.post import Embed
from bot.locales.words import Words
from bot.rendering.embeds import COLOUR
from bot.rendering.graphemes import cut
from bot.rendering.inline import plain
from bot.rendering.limits import DESCRIPTION_BUDGET, EMBEDS, MESSAGE_BUDGET, weight
from bot.rendering.lines import fitting, title_line
from bot.rendering.pieces import escape, harmless

Found = tuple[Digest, Paper]


def related_embed(paper: Paper, found: Sequence[Found], say: Words) -> Embed:
    """Show the papers that share most with one."""
    title = say("Related to “{title}”", title=cut(harmless(plain(paper.title)), 100))
    lines = (
        f"**{place}.** {title_line(other.title, other.url)}\n-# {digest.date} · {escape(harmless(digest.paper_id(other)))}"
        for place, (digest, other) in enumerate(found, 1)
    )
    return Embed("\n".join(fitting(lines, DESCRIPTION_BUDGET)), title=escape(title), colour=COLOUR)


def with_earlier(card: Sequence[Embed], found: Sequence[Found], say: Words) -> tuple[Embed, ...]:
    """Add earlier papers to a paper's card, as far as there is room in the message."""
    title = say("Related earlier papers")
    taken = sum(weight(text) for embed in card for text in (embed.title, embed.description, embed.footer) if text)
    lines = tuple(fitting(map(_line, found), MESSAGE_BUDGET - taken - weight(title)))
    if not lines or len(card) >= EMBEDS:
        return tuple(card)
    return (*card, Embed("\n".join(lines), title=title, colour=COLOUR))


def _line(found: Found) -> str:
    digest, paper = found
    return f"- {title_line(paper.title, paper.url)} ({digest.date})"
