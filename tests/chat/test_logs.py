"""No secret reaches the log."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.chat.logs import configure

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.Gh0sTs.aVeryLongSignatureIndeed"
SECRETS = [
    TOKEN,
    "Bot AAAAAAAAAAAAAAAAAAAAAAAA.BBBBBB.CCCCCCCCCCCCCCC",
    "https://discord.com/api/v10/webhooks/123/AbCdEf-ghi/messages/@original",
    "https://discord.com/api/v10/interactions/123/AbCdEf-ghi/callback",
]


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """Put the root logger back in the end."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_hidden_in_messages_and_tracebacks(form: str, secret: str) -> None:
    stream = io.StringIO()
    configure("INFO", form, [TOKEN], stream=stream)

    error = ValueError(f"no answer from {secret}")
    logging.getLogger("bot").error("asked %s", secret, exc_info=error)

    written = stream.getvalue()
    assert written.count("[hidden]") == 2
    assert "AbCdEf" not in written
    assert TOKEN not in written
    assert "BBBBBB" not in written


def test_json_is_one_object_a_line() -> None:
    stream = io.StringIO()
    configure("INFO", "json", [], stream=stream)

    logging.getLogger("bot").info("다이제스트 %d건", 2)

    entry = json.loads(stream.getvalue())
    assert (entry["level"], entry["logger"], entry["message"]) == ("info", "bot", "다이제스트 2건")


def test_text_is_one_line() -> None:
    stream = io.StringIO()
    configure("INFO", "text", [], stream=stream)

    logging.getLogger("bot").info("sent %d", 2)

    assert stream.getvalue().endswith(" INFO     bot: sent 2\n")


def test_less_severe_lines_are_left_out() -> None:
    stream = io.StringIO()
    configure("WARNING", "text", [], stream=stream)

    logging.getLogger("bot").info("sent %d", 2)

    assert stream.getvalue() == ""


def test_without_a_token_nothing_is_hidden() -> None:
    stream = io.StringIO()
    configure("INFO", "text", [""], stream=stream)

    logging.getLogger("bot").info("fine")

    assert "[hidden]" not in stream.getvalue()
