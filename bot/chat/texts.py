"""Messages of plain text."""

import secrets
from typing import Any


def text_payload(text: str) -> dict[str, Any]:
    """Return the body of a message that pings nobody, and that discord.py may repeat after a 5xx without posting it twice."""
    return {
        "content": text,
        "allowed_mentions": {"parse": []},
        "nonce": secrets.token_hex(12),
        "enforce_nonce": True,
    }
