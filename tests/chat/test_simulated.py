"""The bot object lives in a simulated Discord as it does in the real one: the demo and the tests of commands rest on that."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
import simcord
from discord import app_commands

from bot.chat.breaker import Breaker
from bot.chat.client import PaperDigestBot
from bot.chat.messenger import DiscordMessenger
from bot.domain.delivery import Found, Refusal, Refused, Sent
from tests.wire.posts import post


@dataclass(slots=True)
class Stage:
    """A simulated server with the bot in it."""

    env: Any
    bot: PaperDigestBot
    guild: Any
    channel: Any

    @property
    def messenger(self) -> DiscordMessenger:
        """Return a messenger of the bot."""
        return DiscordMessenger(self.bot, breaker=Breaker(), operator=Silence())


class Silence:
    """An operator who is not interested."""

    async def alert(self, subject: str, sentence: str) -> None:
        """Take no notice."""

    async def recovered(self, subject: str, sentence: str) -> None:
        """Take no notice."""


@asynccontextmanager
async def a_stage() -> AsyncIterator[Stage]:
    """Set up a server with a channel."""

    async def on_setup(bot: PaperDigestBot) -> None:
        async def hello(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message("Hello.", ephemeral=True)

        bot.tree.add_command(app_commands.Command(name="hello", description="Greet.", callback=hello))

    async def on_departure(_: int) -> None:
        """Take no notice."""

    bot = PaperDigestBot(on_setup=on_setup, on_channel_gone=on_departure, on_guild_left=on_departure)
    async with simcord.run(bot, shard_count=1) as env:
        guild = env.create_guild()
        yield Stage(env, bot, guild, guild.create_text_channel("papers"))


async def test_a_post_stands_in_the_channel_and_is_found_again() -> None:
    async with a_stage() as stage:
        begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        sent = await stage.messenger.send(stage.channel.id, post(), "nonce-1")

        seen = await stage.messenger.look_back(stage.channel.id, post(), begun)

    assert isinstance(sent, Sent)
    assert seen == Found(sent.message_id or 0)


async def test_a_refusal_has_its_reason() -> None:
    async with a_stage() as stage:
        stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

        outcome = await stage.messenger.send(stage.channel.id, post(), "nonce-1")

    assert isinstance(outcome, Refused)
    assert outcome.refusal is Refusal.NO_PERMISSION


async def test_nothing_is_kept_of_servers() -> None:
    async with a_stage() as stage:
        kept = stage.bot.guilds

    assert list(kept) == []


async def test_commands_are_answered() -> None:
    async with a_stage() as stage:
        await stage.bot.tree.sync()
        member = stage.guild.add_member(stage.env.create_user("reader"))

        seen = await member.slash(stage.channel, "hello")

    assert seen.response.content == "Hello."
