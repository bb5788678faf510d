"""Which requests go first."""

import pytest

from bot.chat.pacer import Lane
from bot.chat.traffic import lane


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/channels/1/messages", Lane.BROADCAST),
        ("PATCH", "/channels/1/messages/2", Lane.BROADCAST),
        ("GET", "/channels/1/messages", Lane.PROMPT),
        ("GET", "/channels/1", Lane.PROMPT),
        ("POST", "/users/@me/channels", Lane.PROMPT),
        ("PUT", "/applications/1/commands", Lane.PROMPT),
    ],
)
def test_only_writing_messages_is_broadcast(method: str, path: str, expected: Lane) -> None:
    assert lane(method, path) is expected
