"""Small trends."""

import datetime as dt

from bot.domain.trend import WEEK, Line, Trend

MONDAY = dt.date(2024, 12, 9)


def a_trend(*counts: tuple[int, ...], papers: int = 10) -> Trend:
    """A trend of terms with these counts a week."""
    spellings = (("언어 모델", "language model"), ("diffusion",), ("spiking",), ("강화학습",))
    weeks = tuple(MONDAY + n * WEEK for n in range(len(counts[0])))
    lines = tuple(Line(spelling, each) for spelling, each in zip(spellings, counts, strict=False))
    return Trend(weeks, tuple(papers for _ in weeks), lines)
