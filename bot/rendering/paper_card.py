"""A paper that somebody looked up, in one message."""

from collections.abc import Iterator

from bot.domain.digest import Digest, Paper
from bot.domain.post import Embed
from bot.locales.words import Words
from bot.rendering.addresses import address, host_of
from bot.rendering.embeds import COLOUR, link, place, title
from bot.rendering.graphemes import cut
from bot.rendering.limits import weight
from bot.rendering.markdown import Block, BlockKind, blocks
from bot.rendering.pieces import Kind, Piece, text_piece
from bot.rendering.splitting import pages

_HALF = 2400
"""Half of the text of a card: that much twice, title and footers stay within a message."""
_LINKS = 8


def card(digest: Digest, paper: Paper, say: Words) -> tuple[Embed, ...]:
    """Return a paper with its authors, section, body and links, within one message; a text too long for it ends with a pointer."""
    about = (*_facts(paper, say), *blocks(paper.blocks), *_links(paper, say))
    texts = pages(about)
    if len(texts) > 2 or sum(map(weight, texts)) > 2 * _HALF:
        texts = _shortened(pages(about, room=_HALF), digest, say)
    first, *others = texts or (say("The digest says no more about this paper."),)
    image = address(paper.image) if paper.image else None
    head = Embed(first, title(paper), link(paper), place(digest, paper, say), image, COLOUR)
    return (
        head,
        *(Embed(text, footer=place(digest, paper, say, page), colour=COLOUR) for page, text in enumerate(others, 2)),
    )


def _shortened(texts: tuple[str, ...], digest: Digest, say: Words) -> tuple[str, ...]:
    if len(texts) <= 2:
        return texts
    pointer = say(
        "This text is longer than a message: the rest is in the digest of {date}.", date=say.date(digest.date)
    )
    return texts[0], f"{texts[1]}\n-# {pointer}"


def _facts(paper: Paper, say: Words) -> Iterator[Block]:
    if paper.authors:
        yield _fact(say("Authors"), text_piece(cut(", ".join(paper.authors), 400)))
    if paper.section:
        yield _fact(say("Section"), text_piece(cut(paper.section, 200)))


def _links(paper: Paper, say: Words) -> Iterator[Block]:
    urls = [url for url in map(address, paper.links) if url][:_LINKS]
    if urls:
        pieces = [piece for url in urls for piece in (Piece(Kind.TEXT, " · "), Piece(Kind.LINK, host_of(url), url))]
        yield _fact(say("Links"), *pieces[1:])


def _fact(name: str, *pieces: Piece) -> Block:
    lead = (Piece(Kind.OPEN, "**"), text_piece(name), Piece(Kind.CLOSE, "**"), text_piece(" "))
    return Block(BlockKind.PARAGRAPH, (*lead, *pieces))
