"""The figures behind a picture, for those who can't see it or want to count on."""

import csv
from collections.abc import Iterator
from io import StringIO

from bot.domain.trend import Line, Trend
from bot.locales.words import Words

RECENT = 4
"""Weeks that are compared with as many before them."""
SHOWN = 8
"""Weeks of the table in a message; the file has all."""


def sentences(trend: Trend, say: Words) -> Iterator[tuple[Line, str]]:
    """Yield what is to be said of each term."""
    for line in trend.lines:
        if not line.total:
            yield line, say("in none of {all} papers", all=trend.total)
            continue
        parts = [
            say(
                "in {n} of {all} papers ({share} %)",
                n=line.total,
                all=trend.total,
                share=_percent(line.total, trend.total),
            )
        ]
        if len(trend.weeks) >= 2 * RECENT:
            now, before = sum(line.counts[-RECENT:]), sum(line.counts[-2 * RECENT : -RECENT])
            parts.append(say("{now} in the last four weeks, {before} in the four before", now=now, before=before))
        if len(trend.weeks) > 1:
            most = max(line.counts)
            week = trend.weeks[line.counts.index(most)]
            parts.append(say("most in the week of {date}: {n}", date=say.date(week), n=most))
        yield line, " · ".join(parts)


def table(trend: Trend) -> str:
    """Return the newest weeks as lines of equal columns, a column a term."""
    newest = range(max(0, len(trend.weeks) - SHOWN), len(trend.weeks))
    rows: list[tuple[object, ...]] = [("", *range(1, len(trend.lines) + 1))]
    rows += [(trend.weeks[place], *(line.counts[place] for line in trend.lines)) for place in newest]
    return "\n".join(f"{week!s:10}" + "".join(f"{cell!s:>6}" for cell in cells) for week, *cells in rows)


def spreadsheet(trend: Trend, say: Words) -> bytes:
    """Return all weeks as CSV, with the mark by which Excel knows UTF-8."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow([say("Week of"), say("All papers"), *(_inert(line.label) for line in trend.lines)])
    for place, week in enumerate(trend.weeks):
        rows.writerow([week.isoformat(), trend.papers[place], *(line.counts[place] for line in trend.lines)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return f"{share:.0f}" if share >= 10 else f"{share:.1f}"


def _inert(text: str) -> str:
    """Keep a spreadsheet from taking a term for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
