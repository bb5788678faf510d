"""A digest becomes the messages that a subscription asked for."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest
from bot.domain.post import Post
from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Language, Style, Subscription
from bot.rendering.renderer import Renderer
from tests.rendering.builders import digest, many, paper

KEY = DigestKey(12)
SUBSCRIPTION = Subscription(
    destination=Destination(DestinationKind.CHANNEL, 700),
    channel_id=700,
    channel_kind=ChannelKind.TEXT,
    guild_id=1,
    time=dt.time(9),
    zone=ZoneInfo("Asia/Seoul"),
    created_at=dt.datetime(2023, 2, 1, tzinfo=dt.UTC),
    language=Language.ENGLISH,
)
TWO = digest(
    paper(
        1, "- First bullet.", "- Second bullet.", title="Spiking Networks", number=4, url="https://arxiv.org/abs/2302.1"
    ),
    paper(2, "| a |", "- Third bullet.", title="Cats & dogs_2"),
)


def posts(source: Digest, blog_url: str | None = None, **wishes: object) -> tuple[Post, ...]:
    return Renderer(blog_url).posts(source, KEY, replace(SUBSCRIPTION, **wishes))  # type: ignore[arg-type]  # each test names fields


def test_each_paper_is_an_embed_with_number_link_bullets_and_place() -> None:
    (post,) = posts(TWO)

    first, second = post.embeds
    assert (first.title, first.url) == ("4. Spiking Networks", "https://arxiv.org/abs/2302.1")
    assert first.description == "- First bullet.\n- Second bullet."
    assert first.footer == "Daily Digest · 2023-02-28 · 1/2"
    assert second.title == r"2. Cats & dogs\_2"
    assert second.url == "https://arxiv.org/search/?query=Cats+%26+dogs_2&searchtype=title"
    assert post.mark == "Daily Digest · 2023-02-28 · 2/2"


def test_only_the_first_message_names_the_digest_and_mentions_the_role() -> None:
    first, *others = posts(many(25), role_id=55)

    assert first.content == "<@&55> **Daily Digest** · Tue, 28 Feb 2023 · 25 papers"
    assert first.payload()["allowed_mentions"] == {"parse": [], "roles": ["55"]}
    assert [len(post.embeds) for post in others] == [10, 5]
    assert all(post.content == "" and post.mention_role is None for post in others)


def test_the_headline_links_to_the_page_of_the_blog_without_a_preview() -> None:
    (post,) = posts(TWO, "https://blog.example/papers/")

    assert post.content.startswith("**[Daily Digest](<https://blog.example/papers/2023-02-28-daily-digest>)** · ")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Daily Digest / 28 Feb 2023", "Daily Digest"),
        ("[2023-02-28] 오늘의 논문", "오늘의 논문"),
        ("2023년 2월 28일 논문 요약", "논문 요약"),
        ("Papers — Feb 28th, 2023", "Papers"),
        ("2023.02.28.", "Paper digest"),
        ("", "Paper digest"),
        ("@everyone *x*", "@\u200beveryone x"),
    ],
)
def test_a_digest_is_named_by_its_title_less_the_date(title: str, name: str) -> None:
    (post,) = posts(replace(TWO, title=title))

    assert post.mark == f"{name} · 2023-02-28 · 2/2"


def test_a_korean_subscription_reads_korean() -> None:
    (post,) = posts(TWO, language=Language.KOREAN)

    assert post.content == "**Daily Digest** · 2023년 2월 28일 (화) · 논문 2편"


def test_the_control_offers_the_papers_that_the_message_shows() -> None:
    first, second = posts(many(12))

    assert first.menu is not None
    assert second.menu is not None
    assert (first.menu.custom_id, second.menu.custom_id) == ("pd:open:12:1", "pd:open:12:2")
    assert [choice.ordinal for choice in second.menu.choices] == [11, 12]
    assert second.menu.choices[0].label == "11. A paper about subject 11"


def test_compact_shows_the_first_bullet() -> None:
    (post,) = posts(TWO, style=Style.COMPACT)

    assert [embed.description for embed in post.embeds] == ["- First bullet.", "- Third bullet."]


def test_compact_shortens_a_very_long_bullet_at_a_sentence() -> None:
    (post,) = posts(digest(paper(1, "- " + "A sentence. " * 300)), style=Style.COMPACT)

    assert post.embeds[0].description.endswith("sentence. …")
    assert len(post.embeds[0].description) <= 1002


def test_titles_is_one_embed_of_links() -> None:
    (post,) = posts(TWO, style=Style.TITLES)

    (embed,) = post.embeds
    assert embed.description.split("\n")[0] == r"4\. [Spiking Networks](https://arxiv.org/abs/2302.1)"
    assert embed.footer == "Daily Digest · 2023-02-28 · 1–2/2"


def test_a_paper_without_a_text_says_so() -> None:
    for style in (Style.FULL, Style.COMPACT):
        (post,) = posts(digest(paper(1)), style=style)

        assert post.embeds[0].description == "The digest says no more about this paper."


def test_a_filter_shows_what_matches_and_says_of_how_many() -> None:
    (post,) = posts(TWO, keywords="dogs, horses")

    assert [embed.footer for embed in post.embeds] == ["Daily Digest · 2023-02-28 · 2/2"]
    assert post.content.endswith(" · 1 of 2 papers match")


def test_a_filter_that_nothing_matches_gives_no_message() -> None:
    assert posts(TWO, keywords="horses") == ()


def test_a_long_paper_goes_on_in_embeds_without_title_and_link() -> None:
    (first, *_) = posts(digest(paper(1, *(f"- {'가' * 900}" for _ in range(9)))))

    head, more = first.embeds[0], posts(digest(paper(1, *(f"- {'가' * 900}" for _ in range(9)))))[1].embeds[0]
    assert head.title is not None
    assert (more.title, more.url, more.image) == (None, None, None)
    assert more.footer == "Daily Digest · 2023-02-28 · 1/1 (2)"


def test_two_papers_with_one_address_are_both_shown_by_discord() -> None:
    (post,) = posts(
        digest(*(paper(n, url="https://a.example/x") for n in (1, 2)), paper(3, url="https://a.example/x#2"))
    )

    assert [embed.url for embed in post.embeds] == [
        "https://a.example/x",
        "https://a.example/x#2",
        "https://a.example/x#2-2",
    ]


@pytest.mark.parametrize(
    ("image", "shown"),
    [("https://a.example/p.png", "https://a.example/p.png"), ("ftp://a.example/p.png", None), ("/p.png", None)],
)
def test_an_image_is_shown_where_discord_takes_its_address(image: str, shown: str | None) -> None:
    (post,) = posts(digest(paper(1, image=image)))

    assert post.embeds[0].image == shown


def test_a_long_title_is_cut_between_characters() -> None:
    (post,) = posts(digest(paper(1, title="👨‍👩‍👧" * 60)))

    assert post.embeds[0].title == "1. " + "👨‍👩‍👧" * 31 + "…"


def test_a_day_of_too_many_papers_is_posted_as_titles_and_says_so() -> None:
    first, *others = posts(many(60))

    assert "only its titles are shown" in first.content
    assert others == []
    assert first.menu is not None
    assert len(first.menu.choices) == 25


def test_a_day_of_too_many_messages_is_posted_as_titles_and_says_so() -> None:
    (post,) = posts(many(12, body="- " + "한 문장입니다. " * 400))

    assert "only its titles are shown" in post.content


def test_titles_that_were_asked_for_need_no_note() -> None:
    (post,) = posts(many(60), style=Style.TITLES)

    assert "\n" not in post.content


def test_links_are_left_out_before_titles_are() -> None:
    messages = posts(many(500, title="A rather long title of a paper about things"), style=Style.TITLES)

    text = "\n".join(embed.description for post in messages for embed in post.embeds)
    assert "https://" not in text
    assert text.count("A rather long title") == 500


def test_titles_that_are_left_out_are_counted() -> None:
    first, *others = posts(many(2000, title="A rather long title of a paper about many things"), style=Style.TITLES)

    listed = sum(embed.description.count("A rather") for post in (first, *others) for embed in post.embeds)
    assert f"The first {listed} of 2000 papers are listed." in first.content
    assert listed > 300


def test_a_corrected_digest_is_rendered_anew() -> None:
    renderer = Renderer(None)
    before = renderer.posts(TWO, KEY, SUBSCRIPTION)

    after = renderer.posts(replace(TWO, papers=TWO.papers[:1]), KEY, SUBSCRIPTION)

    assert len(before[0].embeds) == 2
    assert len(after[0].embeds) == 1
