"""The bot on the gateway: small, told of what is gone, and back after every break."""

import asyncio
import datetime as dt
from typing import Any

import discord as discordpy
import pytest
from discord import app_commands

from bot.chat.client import PaperDigestBot
from bot.chat.registration import register
from bot.errors import StartupError
from tests.wire.conftest import Connect
from tests.wire.standin import THREAD, StandIn


class News:
    """Collects ids, and lets a test wait for the next."""

    def __init__(self) -> None:
        self._ids: asyncio.Queue[int] = asyncio.Queue()

    async def hear(self, number: int) -> None:
        """Take an id in."""
        await self._ids.put(number)

    async def next(self) -> int:
        """Return the next id."""
        return await asyncio.wait_for(self._ids.get(), 10)

    @property
    def silent(self) -> bool:
        """True while nothing waits to be read."""
        return self._ids.empty()


class Shelf:
    """A memory in memory."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        """Return a text."""
        return self.texts.get(key)

    async def put(self, key: str, value: str) -> None:
        """Keep a text."""
        self.texts[key] = value


class Korean(app_commands.Translator):
    """A translator with little imagination."""

    async def translate(self, string: app_commands.locale_str, locale: discordpy.Locale, context: Any) -> str | None:
        """Translate descriptions alone."""
        is_description = context.location is app_commands.TranslationContextLocation.command_description
        return f"한국어: {string.message}" if locale is discordpy.Locale.korean and is_description else None


async def add_hello(bot: PaperDigestBot) -> None:
    """Add a command that answers, one that thinks first, and an option that completes."""

    async def hello(interaction: discordpy.Interaction[Any], name: str) -> None:
        await interaction.response.send_message(f"Hello, {name}.", ephemeral=True)

    async def ponder(interaction: discordpy.Interaction[Any]) -> None:
        await interaction.response.defer()
        await interaction.followup.send("Done.")

    async def complete(_: discordpy.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=typed.title(), value=typed)]

    command: Any = app_commands.Command(name="hello", description="Greet somebody.", callback=hello)
    command.autocomplete("name")(complete)
    bot.tree.add_command(command)
    bot.tree.add_command(app_commands.Command(name="ponder", description="Think first.", callback=ponder))
    await bot.tree.sync()


async def test_nothing_is_kept_of_servers_but_what_interactions_bring_along(discord: StandIn, connect: Connect) -> None:
    guild = await discord.guild(roles=["readers"])
    channel, user = await discord.channel(guild), await discord.user()
    async with connect(on_setup=add_hello) as bot:
        await asyncio.wait_for(bot.wait_until_ready(), 10)
        await discord.command(user, channel, "hello", name="Ada")

        assert (list(bot.guilds), list(bot.emojis), list(bot.stickers)) == ([], [], [])
        assert [kept.id for kept in bot.users] == [bot.application_id]


async def test_deleted_channels_and_threads_are_passed_on(discord: StandIn, connect: Connect) -> None:
    guild, gone = await discord.guild(), News()
    channel, thread = await discord.channel(guild), await discord.channel(guild, kind=THREAD)
    async with connect(on_channel_gone=gone.hear):
        await discord.delete_channel(channel)
        await discord.delete_channel(thread)

        heard = [await gone.next(), await gone.next()]

    assert heard == [channel, thread]


async def test_a_server_that_is_left_is_passed_on_but_no_outage(discord: StandIn, connect: Connect) -> None:
    lab, club, left = await discord.guild("Lab"), await discord.guild("Club"), News()
    async with connect(on_guild_left=left.hear) as bot:
        await asyncio.wait_for(bot.wait_until_ready(), 10)
        await discord.outage(lab)
        await discord.leave(club)

        heard = await left.next()

    assert heard == club
    assert left.silent


@pytest.mark.parametrize("break_", ["drop", "reconnect", "invalidate"])
async def test_the_gateway_is_found_again_after_a_break(discord: StandIn, connect: Connect, break_: str) -> None:
    guild, gone = await discord.guild(), News()
    channel = await discord.channel(guild)
    async with connect(on_channel_gone=gone.hear):
        await discord.disturb(break_)
        state = await discord.state(connections=2)
        await discord.delete_channel(channel)

        assert await gone.next() == channel

    assert (state["identified"], state["resumed"]) == ((2, 0) if break_ == "invalidate" else (1, 1))


async def test_what_happens_during_a_break_is_made_up_for(discord: StandIn, connect: Connect) -> None:
    guild, gone = await discord.guild(), News()
    channel = await discord.channel(guild)
    async with connect(on_channel_gone=gone.hear):
        await discord.disturb("reconnect")
        await discord.delete_channel(channel)

        assert await gone.next() == channel


async def test_without_a_gateway_the_start_fails_in_a_sentence(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        await discord.fault("/gateway/bot", "status", method="GET", status=503)

        with pytest.raises(StartupError, match="no gateway"):
            await bot.connect()


async def test_a_token_revoked_meanwhile_ends_the_bot_in_a_sentence(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        running = asyncio.create_task(bot.connect())
        await discord.state(connections=1)
        await discord.set(token="another")
        await discord.disturb("invalidate")

        with pytest.raises(StartupError, match="4004"):
            await asyncio.wait_for(running, 20)


async def test_a_command_is_answered(discord: StandIn, connect: Connect) -> None:
    channel, user = await discord.channel(await discord.guild()), await discord.user()
    async with connect(on_setup=add_hello):
        seen = await discord.command(user, channel, "hello", name="Ada")
        choices = await discord.complete(user, channel, "hello", "name", name="ada")
        thought = await discord.command(user, channel, "ponder")

    assert (seen["message"]["content"], seen["ephemeral"]) == ("Hello, Ada.", True)
    assert choices == [{"name": "Ada", "value": "ada"}]
    assert thought["message"]["content"] == "Done."


async def test_a_command_works_in_direct_messages(discord: StandIn, connect: Connect) -> None:
    user = await discord.user()
    channel = await discord.direct_channel(user)
    async with connect(on_setup=add_hello):
        seen = await discord.command(user, channel, "hello", name="Ada")

    assert seen["message"]["content"] == "Hello, Ada."


async def test_commands_are_sent_only_when_they_changed(discord: StandIn, log_in: Connect) -> None:
    memory = Shelf()
    async with log_in() as bot:
        bot.tree.add_command(_command("one"))
        sent = [await register(bot.tree, memory), await register(bot.tree, memory)]
        bot.tree.add_command(_command("two"))
        sent.append(await register(bot.tree, memory))
        sent.append(await register(bot.tree, memory, anyway=True))

    assert sent == [True, False, True, True]
    assert len(await discord.requests(r"/applications/\d+/commands", "PUT")) == 3
    assert [command["name"] for command in (await discord.state())["commands"]] == ["one", "two"]


async def test_a_changed_translation_is_a_change(discord: StandIn, log_in: Connect) -> None:
    memory = Shelf()
    async with log_in() as bot:
        bot.tree.add_command(_command("one"))
        await register(bot.tree, memory)
        await bot.tree.set_translator(Korean())

        sent = [await register(bot.tree, memory), await register(bot.tree, memory)]

    [command] = (await discord.state())["commands"]
    assert sent == [True, False]
    assert command["description_localizations"] == {"ko": "한국어: Do something."}


async def test_another_application_gets_the_commands_too(discord: StandIn, log_in: Connect) -> None:
    memory = Shelf()
    async with log_in() as bot:
        bot.tree.add_command(_command("one"))
        await register(bot.tree, memory)
        bot._connection.application_id = 42
        memory.texts["commands:42"] = "what was sent long ago"
        with pytest.raises(discordpy.Forbidden):
            await register(bot.tree, memory)

    assert memory.texts["commands:42"] == "what was sent long ago"


async def test_no_id_is_older_than_the_world(discord: StandIn) -> None:
    made = discordpy.utils.snowflake_time(await discord.user())

    assert abs(made - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def _command(name: str) -> app_commands.Command[Any, ..., Any]:
    async def callback(_: discordpy.Interaction[Any]) -> None:
        """Do nothing."""

    return app_commands.Command(name=name, description="Do something.", callback=callback)
