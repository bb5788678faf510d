"""Digests become posts: the style chosen, packed into messages, with a text above and a control below."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, Paper
from bot.domain.post import Choice, Menu, Post, Thread
from bot.domain.subscription import Language, Style, Subscription
from bot.domain.topics import selected
from bot.locales.words import Words, words
from bot.rendering.embeds import Frame, compact, full, label, link, own_link, titles
from bot.rendering.graphemes import cut
from bot.rendering.limits import (
    CHOICE_LABEL,
    CHOICES,
    EMBED_PAPERS,
    EMBEDS,
    MESSAGE_BUDGET,
    MOST_MESSAGES,
    STYLE_MESSAGES,
    THREAD_NAME,
)
from bot.rendering.masthead import masthead, name
from bot.rendering.packing import pack

Messages = Sequence[Sequence[Frame]]


class Renderer:
    """Renders a digest once for all subscriptions that wish the same."""

    def __init__(self, blog_url: str | None) -> None:
        self._blog_url = blog_url
        self._rendered = lru_cache(maxsize=64)(self._render)

    def posts(self, digest: Digest, key: DigestKey, subscription: Subscription) -> tuple[Post, ...]:
        """Return the messages of a delivery in order; empty where no paper matches the subscription's topics. Deterministic."""
        return self.render(
            digest,
            key,
            style=subscription.style,
            language=subscription.language,
            keywords=subscription.keywords,
            role_id=subscription.role_id,
        )

    def emptied(self, subscription: Subscription) -> Post:
        """Return what a message shows that a correction left without papers: it stays, for replies hang on it."""
        say = words(subscription.language)
        return Post(say("-# The digest was corrected, and what stood here has moved up or was taken out."), (), None)

    def thread(self, digest: Digest, subscription: Subscription) -> Thread:
        """Return the forum thread of a delivery: name and date, and the papers by which tags are chosen."""
        say = words(subscription.language)
        title = f"{name(digest, say)} · {say.date(digest.date)}"
        papers = selected(digest, subscription.keywords)
        subjects = tuple(" ".join((paper.section or "", paper.title)).strip() for paper in papers)
        return Thread(cut(title, THREAD_NAME), subjects)

    def render(
        self,
        digest: Digest,
        key: DigestKey,
        *,
        style: Style,
        language: Language,
        keywords: str = "",
        role_id: int | None = None,
    ) -> tuple[Post, ...]:
        """Return the messages that a digest becomes for these wishes."""
        return self._rendered(digest, key, style, language, keywords, role_id)

    def _render(
        self, digest: Digest, key: DigestKey, style: Style, language: Language, keywords: str, role_id: int | None
    ) -> tuple[Post, ...]:
        papers = selected(digest, keywords)
        if not papers:
            return ()
        say = words(language)
        messages, notes = _messages(digest, papers, style, say)
        heading = masthead(digest, say, shown=len(papers), blog_url=self._blog_url, role_id=role_id)
        return tuple(
            Post(
                content="\n".join((heading, *notes)) if part == 1 else "",
                embeds=tuple(frame.embed for frame in frames),
                menu=_menu(key, part, frames, say),
                mention_role=role_id if part == 1 else None,
            )
            for part, frames in enumerate(messages, 1)
        )


def _messages(digest: Digest, papers: Sequence[Paper], style: Style, say: Words) -> tuple[Messages, tuple[str, ...]]:
    """Return the frames of each message, and what the reader should be told about their number."""
    if style is not Style.TITLES and len(papers) <= EMBED_PAPERS:
        show = full if style is Style.FULL else compact
        messages = _packed(show(digest, papers, say))
        if len(messages) <= STYLE_MESSAGES:
            return messages, ()
    messages = _title_messages(digest, papers, say)
    listed = sum(len(frame.papers) for frames in messages for frame in frames)
    notes: list[str] = []
    if style is not Style.TITLES:
        notes.append(say("This is a long digest, so only its titles are shown. Choose a paper below to read it."))
    if listed < len(papers):
        notes.append(
            say(
                "The first {shown} of {all} papers are listed. Find the others with `/paper search`.",
                shown=listed,
                all=len(papers),
            )
        )
    return messages, tuple(notes)


def _title_messages(digest: Digest, papers: Sequence[Paper], say: Words) -> Messages:
    """List titles with every link; where that takes too many messages with fewer links; at last not all of them."""
    link_rules: tuple[Callable[[Paper], str | None], ...] = (link, own_link, _no_link)
    messages: Messages = ()
    for link_of in link_rules:
        messages = _packed(titles(digest, papers, say, link_of))
        if len(messages) <= MOST_MESSAGES:
            break
    return messages[:MOST_MESSAGES]


def _no_link(_: Paper) -> None:
    return None


def _packed(frames: Iterable[Frame]) -> Messages:
    every = tuple(frames)
    groups = pack((frame.weight for frame in every), budget=MESSAGE_BUDGET, most=EMBEDS)
    return [every[group.start : group.stop] for group in groups]


def _menu(key: DigestKey, part: int, frames: Iterable[Frame], say: Words) -> Menu:
    papers = {paper.ordinal: paper for frame in frames for paper in frame.papers}
    choices = tuple(Choice(ordinal, label(paper, CHOICE_LABEL)) for ordinal, paper in papers.items())
    return Menu(f"pd:open:{key}:{part}", say("Read or save a paper"), choices[:CHOICES])
