"""Collect payloads and let `check.mjs` judge them."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.app import compose
from bot.cogs.all import add_commands
from bot.config import Settings
from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest
from bot.domain.post import Post
from bot.domain.subscription import Language, Style
from bot.reading.parser import read
from bot.rendering.renderer import Renderer

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
NONCE = {"nonce": "a" * 24, "enforce_nonce": True, "flags": 1 << 12}
PAYLOADS = tuple[str, str, Any]


def digests() -> Iterator[Digest]:
    """Read every sample that can be delivered."""
    for file in sorted(DATA.rglob("*.md")):
        digest = read(file.read_bytes(), file.relative_to(DATA).as_posix()).digest
        if digest is not None:
            yield digest


def messages() -> Iterator[PAYLOADS]:
    """Yield every message that the samples become: sent, edited, and as a forum's thread."""
    renderer = Renderer("https://example.org/papers")
    for digest in digests():
        for style in Style:
            for language in Language:
                posts = renderer.render(digest, DigestKey(1), style=style, language=language, role_id=2**60)
                for post in posts:
                    yield from forms(f"{digest.id} {style} {language}", post)


def forms(what: str, post: Post) -> Iterator[PAYLOADS]:
    """Yield a post in every form in which it is sent."""
    body = post.payload()
    yield "MessageCreateRequestSchema", what, body | NONCE
    yield "MessageEditRequestPartialSchema", what, body | {"allowed_mentions": {"parse": []}}
    thread = {"name": "Daily digest", "message": body, "applied_tags": ["1"]}
    yield "CreateForumThreadRequestSchema", what, thread


async def commands() -> list[PAYLOADS]:
    """Return every slash command, all translations included."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(
            digests_dir=folder,
            database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
            archive_path=folder / "archive.db",
        )
        async with compose(settings) as app:
            await add_commands(app.bot, app.services)
            tree = app.bot.tree
            assert tree.translator is not None
            found = [await each.get_translated_payload(tree, tree.translator) for each in tree.get_commands()]
    for each in found:
        del each["nsfw"]  # documented (Create Global Application Command), and missing in the description
    return [("ApplicationCommandUpdateRequestSchema", f"/{each['name']}", each) for each in found]


def main() -> int:
    """Install the description if need be, and judge."""
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "install", "--silent", "--no-package-lock"], cwd=HERE, check=True)
    payloads = [*messages(), *asyncio.run(commands())]
    lines = "\n".join(json.dumps({"schema": schema, "what": what, "body": body}) for schema, what, body in payloads)
    return subprocess.run(["node", "check.mjs"], cwd=HERE, input=lines, text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
