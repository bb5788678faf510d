"""A simulated Discord with the real bot in it: people use commands there, and see what it answers."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord

from bot.app import App, compose
from bot.config import Settings
from tests.delivery.world import FakeClock

DIGEST = """---
title: "Daily Digest / {day}"
categories: papers
---

### 1. Slow Rivers: Long-Context Reading with Constant Memory
- 긴 문서를 읽는 언어모델의 메모리를 일정하게 유지합니다.
- 논문: https://arxiv.org/abs/2403.00001

### 2. Paper Boats: Small Vision Models that Float on a Phone
- 휴대전화에서 도는 작은 시각 모델을 만듭니다.
"""
NOON = "2024-03-05T12:00"
"""Noon in Seoul on 5 March 2024."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A server, a channel, somebody who manages the server and somebody who doesn't."""

    app: App
    env: Any
    clock: FakeClock
    guild: Any
    channel: Any
    manager: Any
    reader: Any
    folder: Path
    voice: dict[str, str]

    def speak(self, locale: str) -> None:
        """Let everybody's client be in a language from now on."""
        self.voice["locale"] = locale

    def without(self, permission: str) -> Any:
        """Return a channel in which the bot lacks a permission."""
        overwrite = discord.PermissionOverwrite(**{permission: False})
        return self.guild.create_text_channel("closed", overwrites={self.env.bot.user: overwrite})

    def write(self, name: str, text: str) -> None:
        """Let the author write a file."""
        (self.folder / "digests" / f"{name}.md").write_text(text, encoding="utf8")

    async def tick(self) -> None:
        """Let the timer fire once, and deliver what is owed."""
        await self.app.deliveries.tick()
        await self.app.fleet.idle()

    async def posts(self, channel: Any) -> list[discord.Message]:
        """Return the posts of digests in a channel."""
        return [
            message for message in channel.history() if message.embeds and message.author.id == self.env.bot.user.id
        ]


@asynccontextmanager
async def stage(folder: Path, *, digests: dict[str, str] | None = None, **settings: Any) -> AsyncIterator[Stage]:
    """Set the stage; the digest of 4 March 2024 is there unless others are given."""
    (folder / "digests").mkdir(exist_ok=True)
    written = {"2024-03-04-daily-digest": DIGEST.format(day="4 Mar 2024")} if digests is None else digests
    for name, text in written.items():
        (folder / "digests" / f"{name}.md").write_text(text, encoding="utf8")
    clock, voice = FakeClock(NOON), {"locale": "en-US"}
    async with (
        _opened(folder, clock, settings) as app,
        simcord.run(app.bot, shard_count=1, check_errors=False, settle_timeout=60) as env,
    ):
        env.backend.subscribers.insert(0, _complete(voice))
        await app.index()
        await app.bot.tree.sync()
        guild = env.create_guild("논문 읽는 사람들")
        managers = guild.create_role("manager", permissions=discord.Permissions(manage_guild=True))
        yield Stage(
            app=app,
            env=env,
            clock=clock,
            guild=guild,
            channel=guild.create_text_channel("papers"),
            manager=guild.add_member(env.create_user("manager"), roles=[managers]),
            reader=guild.add_member(env.create_user("reader")),
            folder=folder,
            voice=voice,
        )


@asynccontextmanager
async def restarted(before: Stage) -> AsyncIterator[App]:
    """Replace the bot by one that was started afresh on the same state."""
    async with _opened(before.folder, before.clock, {}) as app:
        await before.env.restart_bot(app.bot)
        await app.index()
        yield app


def _opened(folder: Path, clock: FakeClock, changes: dict[str, Any]) -> Any:
    given = {
        "digests_dir": folder / "digests",
        "database_url": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        "archive_path": folder / "archive.db",
        **changes,
    }
    return compose(Settings(**given), clock=clock)


def _complete(voice: dict[str, str]) -> Any:
    """Return a listener that adds to an interaction what Discord tells and simcord leaves out."""

    def complete(event: str, payload: dict[str, Any]) -> None:
        if event != "INTERACTION_CREATE":
            return
        payload["locale"] = voice["locale"]
        payload["authorizing_integration_owners"] = {"1": "1"}
        if "guild_id" in payload:
            payload["guild_locale"] = voice.get("guild_locale", "en-US")
            payload["authorizing_integration_owners"] = {"0": payload["guild_id"]}

    return complete


def text_of(result: Any) -> str:
    """Return all the words that somebody saw as an answer, follow-ups included."""
    shown = [result.response, *result.followups]
    found = []
    for message in shown:
        if message is not None:
            found.append(message.content)
            found += [json.dumps(embed.to_dict(), ensure_ascii=False) for embed in message.embeds]
    return "\n".join(found)
