"""What is owed to whom, for `deliver --dry-run`."""

from collections.abc import Mapping
from typing import assert_never

from rich.console import Console
from rich.table import Table

from bot.delivery.planner import Edition, Owed, Paused, UpToDate, Verdict, Waiting
from bot.domain.subscription import Destination, Subscription


def print_verdicts(
    verdicts: Mapping[Destination, Verdict],
    subscriptions: Mapping[Destination, Subscription],
    console: Console | None = None,
) -> None:
    """Print a line for each subscription: what goes out now, or why nothing does."""
    console = console or Console()
    if not verdicts:
        console.print("There is no subscription yet: use /channel subscribe or /dm subscribe in Discord.")
        return
    table = Table("destination", "verdict", box=None, pad_edge=False)
    for destination, verdict in sorted(verdicts.items()):
        table.add_row(str(destination), sentence(verdict, subscriptions[destination]))
    console.print(table)
    owed = sum(isinstance(verdict, Owed) for verdict in verdicts.values())
    console.print(f"{owed} of {len(verdicts)} destinations are owed something now.")


def sentence(verdict: Verdict, subscription: Subscription) -> str:
    """Say a verdict."""
    match verdict:
        case Owed(editions):
            return "owed now: " + ", ".join(map(_name, editions))
        case Waiting(edition, until):
            local = until.astimezone(subscription.zone)
            return f"waits until {local:%Y-%m-%d %H:%M} {subscription.zone.key}: {_name(edition)}"
        case UpToDate():
            return "up to date"
        case Paused(pause):
            return f"paused since {pause.since:%Y-%m-%d %H:%M} UTC: {pause.reason}"
        case _:
            assert_never(verdict)


def _name(edition: Edition) -> str:
    return f"{edition.digest.id} ({edition.date})"
