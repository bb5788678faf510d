"""Which requests go first."""

import pytest

from bot.chat.pacer import Lane
from bot.chat.traffic import lane


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/channels/1/messages", Lane.BROADCAST),
        ("POST", "/channels/1/threads", Lane.BROADCAST),
        ("PATCH", "/channels/1/messages/2", Lane.UPKEEP),
        ("POST", "/channels/1/messages/2/crosspost", Lane.UPKEEP),
        ("GET", "/channels/1/messages", Lane.PROMPT),
        ("GET", "/channels/1", Lane.PROMPT),
        ("POST", "/users/@me/channels", Lane.PROMPT),
        ("PUT", "/applications/1/commands", Lane.PROMPT),
    ],
)
def test_posts_come_after_what_somebody_waits_for_and_before_changes_of_posts(
    method: str, path: str, expected: Lane
) -> None:
    assert lane(method, path) is expected
