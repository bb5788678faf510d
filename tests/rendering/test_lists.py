"""Lists of papers, whatever their titles are, within what Discord takes; and what stands in them."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import given

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest
from bot.domain.post import Embed
from bot.domain.reading_list import ReadingState, SavedPaper
from bot.locales.words import words
from bot.rendering.limits import (
    CHOICE_LABEL,
    DESCRIPTION,
    EMBEDS,
    FOOTER,
    INLINE_NODES,
    MESSAGE_TEXT,
    TITLE,
    weight,
)
from bot.rendering.paper_card import card
from bot.rendering.reading_list import entry_embed, entry_label, pages_of, reading_list_embed, state_of
from bot.rendering.related import related_embed, with_earlier
from tests.rendering.builders import digest, digests, paper
from tests.rendering.discord_markdown import markup
from tests.rendering.test_limits import MENTION, hostile

SAY = words("en")
AT = dt.datetime(2023, 3, 1, 20, tzinfo=dt.UTC)


def check(*embeds: Embed) -> None:
    """Hold embeds against the numbers of Discord's documentation."""
    assert 1 <= len(embeds) <= EMBEDS
    texts = [text for each in embeds for text in (each.title, each.description, each.footer) if text]
    assert sum(map(weight, texts)) <= MESSAGE_TEXT
    assert not any(MENTION.search(text) for text in texts)
    for embed in embeds:
        assert 1 <= weight(embed.description.strip()) <= DESCRIPTION
        assert weight(embed.title or "") <= TITLE
        assert weight(embed.footer or "") <= FOOTER
        assert sum(not kind.startswith("/") for kind in markup(embed.description)) <= INLINE_NODES


def entries(of: Digest) -> list[SavedPaper]:
    return [SavedPaper.of(of, DigestKey(1), each, AT) for each in of.papers]


@hostile
@given(digests())
def test_every_page_of_a_reading_list_is_within_every_limit(of: Digest) -> None:
    listed = entries(of) * 3

    for page in range(pages_of(listed)):
        check(reading_list_embed(listed, page, SAY))
    for entry in listed:
        check(entry_embed(entry, SAY))
        assert 1 <= weight(entry_label(entry, CHOICE_LABEL)) <= CHOICE_LABEL


@hostile
@given(digests())
def test_related_papers_are_within_every_limit(of: Digest) -> None:
    found = [(of, each) for each in of.papers]

    check(related_embed(of.papers[0], found, SAY))
    for each in of.papers:
        check(*with_earlier(card(of, each, SAY), found[:3], SAY))


def test_a_page_shows_boxes_numbers_links_and_dates() -> None:
    first, second = entries(digest(paper(1, title="One", url="https://a.example/1"), paper(2, title="[Two]")))
    listed = [first, replace(second, state=ReadingState.READ)]

    embed = reading_list_embed(listed, 0, SAY)

    assert embed.description.split("\n") == [
        "☐ **1.** [One](https://a.example/1)",
        "-# Tue, 28 Feb 2023",
        "☑ **2.** [Two]",
        "-# Tue, 28 Feb 2023",
    ]
    assert embed.footer == "2 papers, 1 to read · page 1 of 1"


def test_the_pages_of_a_list_count_on() -> None:
    listed = entries(digest(*(paper(n) for n in range(1, 12))))

    assert pages_of(listed) == 2
    assert reading_list_embed(listed, 1, SAY).description.startswith("☐ **11.** ")


def test_an_empty_list_has_one_page() -> None:
    assert pages_of([]) == 1


def test_the_day_of_saving_is_that_of_the_zone() -> None:
    [entry] = entries(digest(paper(1)))

    assert state_of(entry, ZoneInfo("Asia/Seoul"), SAY) == "On your reading list since Thu, 2 Mar 2023, to read."


def test_a_card_that_fills_the_message_has_no_room_for_earlier_papers() -> None:
    long = paper(1, *(f"- {n} {'가' * 900}" for n in range(20)))
    shown = card(digest(long), long, SAY)

    added = with_earlier(shown, [(digest(paper(2)), paper(2))], SAY)

    assert added[: len(shown)] == shown
    check(*added)


def test_without_earlier_papers_a_card_is_as_it_was() -> None:
    shown = card(digest(paper(1)), paper(1), SAY)

    assert with_earlier(shown, [], SAY) == shown


def test_a_very_long_address_is_not_linked() -> None:
    listed = entries(digest(paper(1, title="One", url=f"https://a.example/{'x' * 400}")))

    assert reading_list_embed(listed, 0, SAY).description.startswith("☐ **1.** One\n")
