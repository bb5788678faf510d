"""What a topic filter would have sent: the filter held against the digests of the last weeks."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.digest import Digest, Paper, PaperId
from bot.domain.relevance import Fits, Reason, explain, nearness
from bot.domain.subscription import Days
from bot.domain.topics import Topics, text_of

WINDOW = 60
"""Digests that are looked at: two months of a daily digest."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """A paper, and why the filter takes it or not."""

    id: PaperId
    title: str
    date: dt.date
    reason: Reason


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would have been sent."""

    digests: int
    days: int
    """Different dates among them."""
    papers: int
    taken: tuple[PaperId, ...]
    """In order of delivery."""
    skipped: int
    """Digests of which no paper would have been sent."""
    passed_over: int
    """Digests that would have waited for a served day with too many others."""
    examples: tuple[Sighting, ...]
    """Papers taken, newest first, of different digests where possible."""
    near_misses: tuple[Sighting, ...]
    """Papers that came closest without being taken, closest first; a paper that has nothing of what was asked is none."""

    @property
    def a_day(self) -> float:
        """Papers a day on average."""
        return len(self.taken) / self.days if self.days else 0.0


def forecast(
    digests: Sequence[Digest], keywords: str, *, days: Days = Days.DAILY, at_once: int = 3, window: int = WINDOW
) -> Forecast:
    """Hold a filter against the newest `window` of the digests, which come oldest first.

    A digest waits for the next day that is served; of those that wait together the newest `at_once` go out.
    """
    topics, looked_at = Topics.parse(keywords), digests[-window:]
    delivered = _delivered(looked_at, days, at_once)
    seen = [_sightings(digest, topics) for digest in delivered]
    taken = [[each for each in one if isinstance(each.reason, Fits)] for one in seen]
    missed = [each for one in seen for each in one if not isinstance(each.reason, Fits)]
    return Forecast(
        digests=len(looked_at),
        days=len({digest.date for digest in looked_at}),
        papers=sum(len(digest.papers) for digest in looked_at),
        taken=tuple(each.id for one in taken for each in one),
        skipped=sum(not one for one in taken),
        passed_over=len(looked_at) - len(delivered),
        examples=tuple(_newest_apart(taken)),
        near_misses=tuple(_nearest(missed)),
    )


def _delivered(digests: Sequence[Digest], days: Days, at_once: int) -> list[Digest]:
    waiting: dict[dt.date, list[Digest]] = {}
    for digest in digests:
        coming = (digest.date + dt.timedelta(days=n) for n in range(7))
        waiting.setdefault(next(day for day in coming if days.include(day)), []).append(digest)
    return [digest for together in waiting.values() for digest in together[-at_once:]]


def _sightings(digest: Digest, topics: Topics) -> list[Sighting]:
    def sighting(paper: Paper) -> Sighting:
        return Sighting(digest.paper_id(paper), paper.title, digest.date, explain(topics, text_of(paper)))

    return [sighting(paper) for paper in digest.papers]


def _newest_apart(taken: Iterable[Sequence[Sighting]]) -> Iterator[Sighting]:
    """Choose examples in rounds over the digests, newest digest first: the first paper of each, then the second of each."""
    queues = [list(one) for one in taken if one][::-1]
    in_rounds = sorted(
        ((place, age, each) for age, one in enumerate(queues) for place, each in enumerate(one)),
        key=lambda row: row[:2],
    )
    chosen = [each for _, _, each in in_rounds[:EXAMPLES]]
    yield from sorted(chosen, key=lambda each: each.date, reverse=True)


def _nearest(missed: Sequence[Sighting]) -> Sequence[Sighting]:
    near = [each for each in missed if nearness(each.reason) > 0]
    return sorted(near, key=lambda each: (nearness(each.reason), each.date), reverse=True)[:EXAMPLES]
