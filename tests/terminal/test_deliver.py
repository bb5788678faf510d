"""The dry run says of every destination what happens and why."""

import io

from rich.console import Console

from bot.delivery.planner import Owed, Paused, UpToDate, Verdict, Waiting
from bot.domain.subscription import Destination, DestinationKind, Pause
from bot.terminal.deliver import print_verdicts
from tests.delivery.builders import at, digest, shelf, subscription


def printed(verdicts: dict[Destination, Verdict]) -> str:
    out = io.StringIO()
    wishes = {destination: subscription(destination=destination) for destination in verdicts}
    print_verdicts(verdicts, wishes, Console(file=out, width=200))
    return out.getvalue()


def test_each_verdict_is_a_sentence() -> None:
    editions = shelf(digest("2023-03-01"), digest("2023-03-02")).editions
    channels = [Destination(DestinationKind.CHANNEL, n) for n in (1, 2, 3)]

    text = printed(
        {
            channels[0]: Owed(editions),
            channels[1]: Waiting(editions[1], at("2023-03-02T09:00")),
            channels[2]: UpToDate(),
            Destination(DestinationKind.USER, 4): Paused(Pause("dm_closed", at("2023-03-01T09:00"))),
        }
    )

    assert "owed now: 2023-03-01-daily-digest (2023-03-01), 2023-03-02-daily-digest (2023-03-02)" in text
    assert "waits until 2023-03-02 09:00 Asia/Seoul: 2023-03-02-daily-digest" in text
    assert "up to date" in text
    assert "paused since 2023-03-01 00:00 UTC: dm_closed" in text
    assert "1 of 4 destinations are owed something now." in text


def test_without_subscriptions_it_says_how_to_make_one() -> None:
    assert "/channel subscribe" in printed({})
