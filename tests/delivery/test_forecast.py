"""What the time machine predicts is what then arrives."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest import Digest
from bot.domain.time_machine import forecast
from tests.delivery.builders import at, digest, paper, subscription
from tests.delivery.station import station

START = dt.date(2023, 3, 1)
TITLES = st.lists(
    st.lists(st.sampled_from(["언어", "모델", "언어모델", "spiking", "vision"]), min_size=1, max_size=3).map(" ".join),
    min_size=1,
    max_size=5,
)
WORDS = st.sampled_from(["언어 모델", "언어모델", "spiking", "-vision", '"언어 모델"', "vision", "audio", ""])
FILTERS = st.lists(st.lists(WORDS, max_size=2).map(" ".join), max_size=3).map(", ".join)


def days(titles: list[list[str]]) -> list[Digest]:
    return [
        replace(
            digest(f"{START + dt.timedelta(days=day)}"),
            papers=tuple(paper(n, title) for n, title in enumerate(each, 1)),
        )
        for day, each in enumerate(titles)
    ]


@given(st.lists(TITLES, min_size=1, max_size=4), FILTERS)
@settings(max_examples=25, deadline=None)
async def test_a_forecast_comes_true(titles: list[list[str]], keywords: str) -> None:
    published = days(titles)
    with TemporaryDirectory() as folder:
        async with station(Path(folder), "2023-02-28T12:00") as here:
            await here.subscribe(replace(subscription(created="2023-02-28T12:00"), keywords=keywords))
            for each in published:
                here.clock.instant = at(f"{each.date}T09:00")
                await here.publish(each)

    papers = {each.paper_id(one): one.title for each in published for one in each.papers}
    assert here.mailbox.titles == [papers[paper_id] for paper_id in forecast(published, keywords).taken]
