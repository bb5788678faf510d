"""One paper, or a list of titles, as embeds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.digest import Digest, Paper
from bot.domain.post import Embed
from bot.locales.words import Words
from bot.rendering.addresses import address, distinct, title_search
from bot.rendering.graphemes import ELLIPSIS, cut, emoji_count
from bot.rendering.inline import plain
from bot.rendering.limits import DESCRIPTION_BUDGET, INLINE_NODES, TITLE, weight
from bot.rendering.markdown import Block, BlockKind, blocks
from bot.rendering.masthead import name
from bot.rendering.packing import pack
from bot.rendering.pieces import escape, harmless, link_pieces, text_piece, write
from bot.rendering.splitting import pages

COLOUR = 0xB31B1B
"""The red of arXiv's name."""
_COMPACT = 1000
"""Longest bullet of the compact style."""
_HALF_MESSAGE = 2650
"""Longest list of titles where one embed is not enough: two of them fill a message."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An embed and the papers that it shows."""

    embed: Embed
    papers: tuple[Paper, ...]

    @property
    def weight(self) -> int:
        """What it takes of a message's budget."""
        return sum(weight(text) for text in (self.embed.title, self.embed.description, self.embed.footer) if text)


def full(digest: Digest, papers: Sequence[Paper], say: Words) -> Iterator[Frame]:
    """Show papers whole; one too long for an embed goes on in further ones, which have no title."""
    seen: set[str] = set()
    for paper in papers:
        texts = pages(blocks(paper.blocks)) or (say("The digest says no more about this paper."),)
        yield from _frames(digest, paper, texts, distinct(link(paper), seen), say)


def compact(digest: Digest, papers: Sequence[Paper], say: Words) -> Iterator[Frame]:
    """Show each paper's title and first bullet."""
    seen: set[str] = set()
    for paper in papers:
        text = first_bullet(blocks(paper.blocks)) or say("The digest says no more about this paper.")
        yield from _frames(digest, paper, (text,), distinct(link(paper), seen), say)


def titles(
    digest: Digest, papers: Sequence[Paper], say: Words, link_of: Callable[[Paper], str | None]
) -> Iterator[Frame]:
    """Show a list of titles, with links where `link_of` gives one."""
    lines = [_line(paper, link_of(paper)) for paper in papers]
    sizes = [weight(line) + 1 for line in lines]
    room = DESCRIPTION_BUDGET if sum(sizes) <= DESCRIPTION_BUDGET else _HALF_MESSAGE
    most = INLINE_NODES // (1 + max(emoji_count(line) for line in lines))
    for group in pack(sizes, budget=room, most=max(1, most)):
        first, last = papers[group.start].ordinal, papers[group.stop - 1].ordinal
        place = f"{first}" if first == last else f"{first}–{last}"
        description = "\n".join(lines[group.start : group.stop])
        footer = f"{name(digest, say)} · {digest.date} · {place}/{len(digest.papers)}"
        yield Frame(Embed(description, footer=footer, colour=COLOUR), tuple(papers[group.start : group.stop]))


def first_bullet(found: Sequence[Block]) -> str:
    """Write the first bullet of a body, or the first text where it has none; a very long one is shortened."""
    bullets = [block for block in found if block.kind is BlockKind.ITEM] or found
    texts = pages(bullets[:1], room=_COMPACT)
    return f"{texts[0]} {ELLIPSIS}" if len(texts) > 1 else "".join(texts)


def link(paper: Paper) -> str:
    """Return a paper's own page, or arXiv's search for its title."""
    return own_link(paper) or title_search(plain(paper.title))


def own_link(paper: Paper) -> str | None:
    """Return a paper's own page, if it has one that Discord takes."""
    return address(paper.url) if paper.url else None


def label(paper: Paper, most: int) -> str:
    """Return a paper's number, as written or else its place, and title as plain text of at most `most` characters."""
    number = paper.ordinal if paper.number is None else paper.number
    return cut(harmless(f"{number}. {plain(paper.title)}".rstrip()), most)


def title(paper: Paper) -> str:
    """Return the title of a paper's embed, in which Discord reads inline Markdown."""
    most = TITLE
    while weight(escaped := escape(label(paper, most))) > TITLE:
        most -= max(1, (weight(escaped) - TITLE) // 2)
    return escaped


def place(digest: Digest, paper: Paper, say: Words, page: int = 1) -> str:
    """Return the footer of a paper's embed, different for each paper and page of a digest."""
    footer = f"{name(digest, say)} · {digest.date} · {paper.ordinal}/{len(digest.papers)}"
    return footer if page == 1 else f"{footer} ({page})"


def _frames(digest: Digest, paper: Paper, texts: Sequence[str], url: str, say: Words) -> Iterator[Frame]:
    image = address(paper.image) if paper.image else None
    head = Embed(texts[0], title(paper), url, place(digest, paper, say), image, COLOUR)
    yield Frame(head, (paper,))
    for page, text in enumerate(texts[1:], 2):
        yield Frame(Embed(text, footer=place(digest, paper, say, page), colour=COLOUR), (paper,))


def _line(paper: Paper, url: str | None) -> str:
    number, _, text = label(paper, TITLE).partition(" ")
    shown = link_pieces(text, url) if url else (text_piece(text),)
    return write((text_piece(f"{number} "), *shown))
