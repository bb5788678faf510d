"""Topic filters in words: what one would have sent, and why it takes a paper or leaves it out."""

import asyncio
from typing import assert_never

from bot.chat.services import Services
from bot.cogs.options import shown
from bot.domain.relevance import Excluded, Fits, Lacks, Reason
from bot.domain.schedule import local_day
from bot.domain.subscription import Subscription
from bot.domain.time_machine import Forecast, Sighting, forecast
from bot.locales.words import Words
from bot.rendering.lines import title_line

_TITLE = 80
_WORDS = 4
"""Words named of those that a paper lacks."""


async def time_machine(subscription: Subscription, services: Services, say: Words) -> list[str]:
    """Say what the topics would have sent of the last digests, with examples; nothing where there are no topics or no digests."""
    today = local_day(subscription, services.clock.now())
    digests = [digest for digest in await services.library.refresh() if digest.date <= today]
    if not subscription.keywords or not digests:
        return []
    limit = services.settings.catch_up_limit
    seen = await asyncio.to_thread(forecast, digests, subscription.keywords, days=subscription.days, at_once=limit)
    return [_summary(seen, say), *_examples(seen, say)]


def _summary(seen: Forecast, say: Words) -> str:
    counts = {"all": seen.papers, "digests": seen.digests}
    if not seen.taken:
        return say(
            "🔭 Of the {all} papers of the last {digests} digests these topics would have sent none: every day would be skipped. "
            "Try fewer or other words, or separate alternatives by commas.",
            **counts,
        )
    sentence = say(
        "🔭 Of the {all} papers of the last {digests} digests these topics would have sent {n}, about {rate} a day.",
        n=len(seen.taken),
        rate=_rate(seen.a_day),
        **counts,
    )
    if seen.skipped:
        sentence += " " + say("{n} of the digests would have been skipped.", n=seen.skipped)
    if seen.passed_over:
        sentence += " " + say(
            "{n} would have been passed over, for they wait together with newer ones.", n=seen.passed_over
        )
    return sentence


def _rate(a_day: float) -> str:
    return f"{a_day:.0f}" if a_day >= 10 else f"{a_day:.1f}" if a_day >= 0.1 else f"{a_day:.2f}"


def _examples(seen: Forecast, say: Words) -> list[str]:
    lines = []
    if seen.examples:
        lines += [say("For example:"), *(f"- {_line(each)}" for each in seen.examples)]
    if seen.near_misses:
        lines += [say("Just missed:"), *(f"- {_line(each)}: {because(each.reason, say)}" for each in seen.near_misses)]
    return lines


def _line(sighting: Sighting) -> str:
    return f"{title_line(sighting.title, None, most=_TITLE)} ({sighting.date})"


def because(reason: Reason, say: Words) -> str:
    """Say a reason, as the end of a sentence that names the paper."""
    match reason:
        case Fits(words):
            return say("has {words}", words=_quoted(words)) if words else say("has nothing that is excluded")
        case Excluded(word):
            return say("has {word}, which is excluded", word=_quoted((word,)))
        case Lacks(_, missing, None):
            return say("lacks {words}", words=_quoted(missing))
        case Lacks(_, missing, instead):
            return say(
                "lacks {words} (it has only {instead})", words=_quoted(missing), instead=_quoted((str(instead),))
            )
        case _:
            assert_never(reason)


def _quoted(words: tuple[str, ...]) -> str:
    named = [f"“{shown(word)}”" for word in words[:_WORDS]]
    return ", ".join(named if len(words) <= _WORDS else [*named, "…"])
