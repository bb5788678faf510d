"""Small digests, and strategies for arbitrary ones."""

import datetime as dt

from hypothesis import strategies as st

from bot.domain.digest import Digest, DigestId, Paper

DAY = dt.date(2023, 2, 28)

_SCRAPS = [
    *"*_~|`\\[]()<>#@!&$:/-. \n\t1aA한",
    *(
        "**",
        "__",
        "***",
        "~~",
        "||",
        "```",
        "$$",
        "](",
        "\\(",
        "\\)",
        "![",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "# ",
        "#### ",
        "\n\n",
    ),
    *("@everyone", "@here", "<@1234567890>", "<@&5>", "<#7>", "<t:1:R>", "</cmd:9>", "<:cat:1>", "<a:dog:22>"),
    *("<b>", "</b>", "<br>", "<!--", "-->", "<script>", "</script>", "{: .note}", "| a | b |\n|---|---|\n| c | d |"),
    *(
        "https://a.example/b_c",
        "http://user:pw@b.example",
        "[l](http://x.example)",
        "(http://x.example/y)",
        "[^1]",
        "&lt;",
        "&#64;here",
    ),
    *("👨‍👩‍👧", "각", "e\u0301", "❤️", "🇰🇷", "文章。", "한글입니다.", "\u202e", "\x00"),
]
markdown = st.lists(st.one_of(st.sampled_from(_SCRAPS), st.text(max_size=6)), max_size=40).map("".join)
long_markdown = st.builds(
    lambda scraps, times: "".join(scraps) * times,
    st.lists(st.sampled_from(_SCRAPS), min_size=1, max_size=8),
    st.integers(1, 600),
)


def paper(
    ordinal: int = 1,
    *blocks: str,
    title: str = "A Title",
    url: str | None = None,
    number: int | None = None,
    image: str | None = None,
    links: tuple[str, ...] = (),
    authors: tuple[str, ...] = (),
    section: str | None = None,
) -> Paper:
    return Paper(ordinal, number, title, url, links, authors, section, blocks, image, ordinal)


def digest(*papers: Paper, title: str = "Daily Digest / 28 Feb 2023") -> Digest:
    return Digest(DigestId("2023-02-28-daily-digest"), DAY, title, papers)


def many(count: int, body: str = "- 짧은 문장입니다.", title: str = "A paper about subject") -> Digest:
    return digest(
        *(paper(n, body, title=f"{title} {n}", url=f"https://arxiv.org/abs/2302.{n:05}") for n in range(1, count + 1))
    )


_urls = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "https://a.example/1",
            "https://a.example/1#f",
            "javascript:x",
            "http://[::1",
            "https://b.example/" + "x" * 3000,
        ]
    ),
    markdown,
)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Digests of up to a dozen papers whose every text is hostile."""
    count = draw(st.integers(1, 12))
    papers = [
        paper(
            n,
            *draw(st.lists(st.one_of(markdown, long_markdown), max_size=5)),
            title=draw(st.one_of(markdown, st.text(max_size=300))),
            url=draw(_urls),
            number=draw(st.one_of(st.none(), st.integers(0, 10**20))),
            image=draw(_urls),
            links=tuple(draw(st.lists(markdown, max_size=3))),
            authors=tuple(draw(st.lists(markdown, max_size=3))),
            section=draw(st.one_of(st.none(), markdown)),
        )
        for n in range(1, count + 1)
    ]
    return digest(*papers, title=draw(st.one_of(markdown, st.text(max_size=300))))
