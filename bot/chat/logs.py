"""Write the log, for people or for programs, and never a secret."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

HIDDEN = "[hidden]"
PATTERNS = (
    (re.compile(r"\bBot [\w-]{20,}\.[\w-]+\.[\w-]+"), f"Bot {HIDDEN}"),
    (re.compile(r"(/webhooks/\d+/)[^/?\s\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"(/interactions/\d+/)[^/?\s\"']+"), rf"\1{HIDDEN}"),
)
"""What carries a secret by its form: the authorization header, and addresses under which anyone may write."""


CHATTY = ("apscheduler", "alembic")
"""Libraries whose INFO says what goes without saying: every look at the clock, every plug-in."""


class Redactor:
    """Takes secrets out of text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, text: str) -> str:
        """Return the text without them."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        for pattern, replacement in PATTERNS:
            text = pattern.sub(replacement, text)
        return text


class TextFormatter(logging.Formatter):
    """One line for people, tracebacks below it."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("{asctime} {levelname:<8} {name}: {message}", style="{")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, less its secrets: those of a traceback too, which a filter would not see."""
        return self._redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, less its secrets."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._redact(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = self._redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def configure(level: str, form: str, secrets: Iterable[str], *, stream: TextIO | None = None) -> None:
    """Send every logger's records of `level` and above to `stream` (standard error), as `text` or `json`."""
    redact = Redactor(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(redact) if form == "json" else TextFormatter(redact))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    logging.captureWarnings(capture=True)
