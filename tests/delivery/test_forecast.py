"""What the time machine predicts is what then arrives."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest import Digest
from bot.domain.subscription import Days
from bot.domain.time_machine import forecast
from tests.delivery.builders import at, digest, paper, subscription
from tests.delivery.station import LIMIT, station

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


BEFORE = digest("2023-02-28")


@given(st.lists(TITLES, min_size=1, max_size=9), FILTERS, st.sampled_from([Days.DAILY, Days.WEEKDAYS, Days.MONDAY]))
@settings(max_examples=25, deadline=None)
async def test_a_forecast_comes_true(titles: list[list[str]], keywords: str, served: Days) -> None:
    published = days(titles)
    wish = replace(subscription(created="2023-02-20T12:00", days=served), keywords=keywords)
    with TemporaryDirectory() as folder:
        async with station(Path(folder), "2023-02-28T09:00", [BEFORE]) as here:
            await here.subscribe(wish)
            await here.deliveries.send_now(wish)
            here.mailbox.posts.clear()
            for day in range(len(published) + 7):
                date = START + dt.timedelta(days=day)
                here.clock.instant = at(f"{date}T09:00")
                await here.publish(*(each for each in published if each.date == date))

    papers = {each.paper_id(one): one.title for each in published for one in each.papers}
    predicted = forecast(published, keywords, days=served, at_once=LIMIT)
    assert here.mailbox.titles == [papers[paper_id] for paper_id in predicted.taken]
