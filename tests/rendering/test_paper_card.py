"""A paper that was looked up is one message."""

from bot.locales.words import words
from bot.rendering.limits import MESSAGE_BUDGET, weight
from bot.rendering.paper_card import card
from tests.rendering.builders import digest, paper

SAY = words("en")


def test_a_card_shows_authors_section_body_and_links() -> None:
    entry = paper(
        1,
        "- A bullet.",
        url="https://arxiv.org/abs/2302.1",
        links=("https://arxiv.org/abs/2302.1", "https://github.com/a/b", "javascript:x"),
        authors=("Ada L.", "Kim_B"),
        section="Vision",
    )

    (embed,) = card(digest(entry), entry, SAY)

    assert (embed.title, embed.url) == ("1. A Title", "https://arxiv.org/abs/2302.1")
    assert embed.description.split("\n") == [
        r"**Authors** Ada L., Kim\_B",
        "**Section** Vision",
        "- A bullet.",
        "**Links** [arxiv.org](https://arxiv.org/abs/2302.1) · [github.com](https://github.com/a/b)",
    ]
    assert embed.footer == "Daily Digest · 2023-02-28 · 1/1"


def test_a_card_without_any_text_says_so() -> None:
    entry = paper(1)

    (embed,) = card(digest(entry), entry, SAY)

    assert embed.description == "The digest says no more about this paper."


def test_a_longer_text_fills_a_second_embed() -> None:
    entry = paper(1, *(f"- {n} {'가' * 900}" for n in range(5)))

    first, second = card(digest(entry), entry, SAY)

    assert first.footer != second.footer
    assert second.title is None
    assert "the rest is in the digest" not in second.description


def test_a_text_too_long_for_a_message_ends_with_a_pointer() -> None:
    entry = paper(1, *(f"- {n} {'가' * 900}" for n in range(20)))

    embeds = card(digest(entry), entry, SAY)

    assert embeds[-1].description.endswith(
        "\n-# This text is longer than a message: the rest is in the digest of Tue, 28 Feb 2023."
    )
    assert sum(weight(f"{each.title}{each.description}{each.footer}") for each in embeds) <= MESSAGE_BUDGET
