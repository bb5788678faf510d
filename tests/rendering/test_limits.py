"""Whatever a digest holds, Discord takes the messages."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest
from bot.domain.post import Embed, Post
from bot.domain.subscription import Language, Style
from bot.locales.words import words
from bot.rendering.limits import (
    CHOICE_LABEL,
    CHOICES,
    CONTENT,
    CUSTOM_ID,
    DESCRIPTION,
    EMBEDS,
    FOOTER,
    INLINE_NODES,
    MESSAGE_TEXT,
    MOST_MESSAGES,
    PLACEHOLDER,
    TITLE,
    URL,
    weight,
)
from bot.rendering.paper_card import card
from bot.rendering.renderer import Renderer
from tests.rendering.builders import digest, digests, many, paper
from tests.rendering.discord_markdown import markup

MENTION = re.compile(
    r"@(?:everyone|here)|<(?:@[!&]?\d+|#\d+|t:-?\d+(?::\w)?|/[^<>\n]+:\d+|a?:\w+:\d+|id:\w+)>", re.IGNORECASE
)
KEY = DigestKey(4711)
hostile = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def render(digest: Digest, style: Style = Style.FULL) -> tuple[Post, ...]:
    return Renderer("https://blog.example").render(digest, KEY, style=style, language=Language.KOREAN, role_id=99)


@hostile
@given(digests(), st.sampled_from(Style))
@example(digest(paper(1, "****<br>" * 373)), Style.FULL)  # each line begins with what has to be escaped
def test_every_message_is_within_every_limit(digest: Digest, style: Style) -> None:
    posts = render(digest, style)

    assert 1 <= len(posts) <= MOST_MESSAGES
    for post in posts:
        check_embeds(post.embeds)
        assert weight(post.content) <= CONTENT
        assert post.menu is not None
        assert 1 <= len(post.menu.choices) <= CHOICES
        assert len(post.menu.custom_id) <= CUSTOM_ID
        assert len(post.menu.placeholder) <= PLACEHOLDER
        assert len({choice.ordinal for choice in post.menu.choices}) == len(post.menu.choices)
        assert all(1 <= weight(choice.label.strip()) <= CHOICE_LABEL for choice in post.menu.choices)


@hostile
@given(digests())
def test_a_card_is_one_message_within_every_limit(digest: Digest) -> None:
    for each in digest.papers:
        check_embeds(card(digest, each, words("ko")))


@hostile
@given(digests(), st.sampled_from(Style))
def test_every_mark_is_different_and_tells_name_date_and_place(digest: Digest, style: Style) -> None:
    posts = render(digest, style)

    marks = [post.mark for post in posts]
    assert len(set(marks)) == len(marks)
    assert all(re.search(rf" · 2023-02-28 · [\d–]+/{len(digest.papers)}(?: \(\d+\))?$", mark) for mark in marks)


@hostile
@given(digests(), st.sampled_from(Style))
def test_no_mention_survives(digest: Digest, style: Style) -> None:
    for post in render(digest, style):
        texts = [
            post.content.removeprefix("<@&99>"),
            *(choice.label for choice in (post.menu.choices if post.menu else ())),
        ]
        for embed in post.embeds:
            texts += [embed.title or "", embed.footer or "", embed.description, embed.url or ""]

        assert not any(MENTION.search(text) for text in texts)


@hostile
@given(digests())
def test_papers_keep_their_order_and_only_the_first_embed_of_each_has_title_and_link(digest: Digest) -> None:
    embeds = [embed for post in render(digest) for embed in post.embeds]
    places = [int(found[1]) for embed in embeds if (found := re.search(r" · (\d+)(?:–\d+)?/\d+", embed.footer or ""))]

    assert places == sorted(places)
    assert len(places) == len(embeds)
    heads = [embed for embed in embeds if embed.title is not None]
    assert [embed for embed in embeds if embed.url is not None] == heads
    assert len(heads) in {0, len(digest.papers)}  # none where the day is so long that only titles are shown


@hostile
@given(digests(), st.sampled_from(Style))
def test_the_same_digest_gives_the_same_messages(digest: Digest, style: Style) -> None:
    assert render(digest, style) == render(digest, style)


@pytest.mark.parametrize("count", [41, 300, 532, 3000])
@pytest.mark.parametrize("style", Style)
def test_a_digest_of_hundreds_of_papers_is_a_few_messages(count: int, style: Style) -> None:
    posts = render(many(count), style)

    assert len(posts) <= MOST_MESSAGES
    for post in posts:
        check_embeds(post.embeds)


def check_embeds(embeds: tuple[Embed, ...]) -> None:
    """Hold embeds against the numbers of Discord's documentation."""
    assert 1 <= len(embeds) <= EMBEDS
    assert sum(map(weight, texts(embeds))) <= MESSAGE_TEXT
    urls = [embed.url for embed in embeds if embed.url is not None]
    assert len(set(urls)) == len(urls)
    for embed in embeds:
        assert 1 <= weight(embed.description.strip()) <= DESCRIPTION
        assert embed.title is None or 1 <= weight(embed.title.strip()) <= TITLE
        assert 1 <= weight(embed.footer or "") <= FOOTER
        assert all(
            re.fullmatch(r"https?://[!-~]+", url) and len(url) <= URL
            for url in (embed.url, embed.image)
            if url is not None
        )
        assert sum(not kind.startswith("/") for kind in markup(embed.description)) <= INLINE_NODES


def texts(embeds: tuple[Embed, ...]) -> Iterator[str]:
    for embed in embeds:
        yield from filter(None, (embed.title, embed.description, embed.footer))
