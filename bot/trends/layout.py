"""Lay a trend out as a chart."""

from math import ceil, log10

from bot.domain.trend import Trend
from bot.locales.words import Words
from bot.trends.chart import Chart, Series, Tick

_MOST_TICKS = 5
_STEPS = (1, 2, 5, 10)


def lay_out(trend: Trend, say: Words) -> Chart:
    """Choose the marks of both axes and write the texts."""
    highest = max((count for line in trend.lines for count in line.counts), default=0)
    return Chart(
        say("Papers a week"),
        tuple(Series(f"{line.label} ({line.total})", line.counts) for line in trend.lines),
        _across(trend, say),
        tuple(Tick(value, str(value)) for value in scale(highest)),
    )


def _across(trend: Trend, say: Words) -> tuple[Tick, ...]:
    """Mark the weeks evenly; the first mark, and the first of each year, name the year."""
    apart = max(1, ceil(len(trend.weeks) / _MOST_TICKS))
    ticks: list[Tick] = []
    year = None
    for place in range(0, len(trend.weeks), apart):
        week = trend.weeks[place]
        ticks.append(Tick(place, say.short_date(week, year=week.year != year)))
        year = week.year
    return tuple(ticks)


def scale(highest: int) -> range:
    """Return at most six round numbers from 0 to at least `highest`."""
    rough = max(1, highest) / 5
    magnitude = 10 ** int(log10(rough)) if rough >= 1 else 1
    step = next(step * magnitude for step in _STEPS if step * magnitude >= rough)
    return range(0, step * ceil(max(1, highest) / step) + 1, step)
