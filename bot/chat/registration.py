"""Tell Discord the slash commands, when they have changed."""

import hashlib
import json
from typing import Any, Protocol

from discord import app_commands


class Memory(Protocol):
    """A place that keeps a text under a key."""

    async def get(self, key: str) -> str | None:
        """Return the text, if there is one."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text."""
        ...


async def register(tree: app_commands.CommandTree[Any], memory: Memory, *, anyway: bool = False) -> bool:
    """Send all commands in one request, unless Discord has exactly these; True if they were sent.

    The client must be logged in. Discord allows 200 new commands a day, so a bot that restarts often must not send them each time.
    """
    key = f"commands:{tree.client.application_id}"
    digest = await fingerprint(tree)
    if not anyway and await memory.get(key) == digest:
        return False
    await tree.sync()
    await memory.put(key, digest)
    return True


async def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return a hash of the commands as Discord would get them, every language included."""
    payload = [await _payload(command, tree) for command in tree.get_commands()]
    text = json.dumps(sorted(payload, key=lambda command: str(command["name"])), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


async def _payload(
    command: app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu,
    tree: app_commands.CommandTree[Any],
) -> dict[str, Any]:
    if tree.translator is None:
        return command.to_dict(tree)
    return await command.get_translated_payload(tree, tree.translator)
