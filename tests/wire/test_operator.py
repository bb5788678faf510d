"""The operator hears of what needs them, once, and an alert never does harm."""

import asyncio

import pytest

from bot.chat.client import PaperDigestBot
from bot.chat.operator import DiscordOperator
from tests.wire.conftest import Connect
from tests.wire.standin import StandIn


async def test_alerts_go_to_the_channel_that_was_set(discord: StandIn, log_in: Connect) -> None:
    channel = await discord.channel(await discord.guild())
    async with log_in() as bot:
        operator = DiscordOperator(bot, alert_channel_id=channel)
        await operator.alert("subject", "Something needs you, @everyone.")
        await operator.flush()

    [message] = await discord.messages(channel)
    assert message["content"] == "Something needs you, @everyone."


async def test_without_a_channel_the_owner_gets_a_direct_message(discord: StandIn, log_in: Connect) -> None:
    owner = int((await discord.state())["owner"])
    async with log_in() as bot:
        operator = DiscordOperator(bot, alert_channel_id=None)
        await operator.alert("one", "First.")
        await operator.flush()
        await operator.alert("two", "Second.")
        await operator.flush()

    told = await discord.messages(await discord.direct_channel(owner))
    assert [message["content"] for message in told] == ["First.", "Second."]
    assert len(await discord.requests("/users/@me/channels")) == 1


async def test_many_alerts_are_gathered_into_few_messages(discord: StandIn, log_in: Connect) -> None:
    channel = await discord.channel(await discord.guild())
    sentences = [f"Channel {number} refuses and is paused. " + "x" * 60 for number in range(100)]
    async with log_in() as bot:
        operator = DiscordOperator(bot, alert_channel_id=channel)
        for sentence in sentences:
            await operator.alert(sentence, sentence)
        await operator.flush()

    messages = [message["content"] for message in await discord.messages(channel)]
    assert "\n".join(messages).split("\n") == sentences
    assert len(messages) < 8


async def test_the_first_alert_goes_out_at_once_and_what_follows_it_gathers(discord: StandIn, log_in: Connect) -> None:
    channel = await discord.channel(await discord.guild())
    async with log_in() as bot:
        operator = DiscordOperator(bot, alert_channel_id=channel, gathering=0.5)
        await operator.alert("one", "First.")
        await discord.messages(channel, at_least=1)
        for subject in ("Second.", "Third."):
            await operator.alert(subject, subject)
            await asyncio.sleep(0.05)
        at_first = await discord.messages(channel)
        told = await discord.messages(channel, at_least=2)

    assert [message["content"] for message in at_first] == ["First."]
    assert [message["content"] for message in told] == ["First.", "Second.\nThird."]


async def test_a_subject_is_told_again_only_after_its_cool_down(discord: StandIn, log_in: Connect) -> None:
    channel, time = await discord.channel(await discord.guild()), [0.0]
    async with log_in() as bot:
        operator = DiscordOperator(bot, alert_channel_id=channel, cool_down=60, monotonic=lambda: time[0])
        for second in (0, 30, 61):
            time[0] = second
            await operator.alert("subject", f"After {second} s.")
            await operator.flush()

    assert [message["content"] for message in await discord.messages(channel)] == ["After 0 s.", "After 61 s."]


async def test_an_alert_that_fails_is_logged(
    discord: StandIn, log_in: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    channel = await discord.channel(await discord.guild())
    await discord.deny(channel, "SEND_MESSAGES")
    async with log_in() as bot:
        operator = DiscordOperator(bot, alert_channel_id=channel)
        await operator.alert("subject", "Something needs you.")
        await operator.flush()

    assert "the operator could not be told" in caplog.text


async def test_an_alert_that_arrived_before_a_bad_gateway_is_not_posted_twice(
    discord: StandIn, log_in: Connect
) -> None:
    channel = await discord.channel(await discord.guild())
    async with log_in() as bot:
        await discord.fault(rf"/channels/{channel}/messages", "status", status=502, when="after")
        operator = DiscordOperator(bot, alert_channel_id=channel)
        await operator.alert("subject", "Something needs you.")
        await operator.flush()

    assert len(await discord.messages(channel)) == 1


async def test_before_the_login_an_alert_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def nothing(_: object) -> None:
        """Take no notice."""

    bot = PaperDigestBot(on_setup=nothing, on_channel_gone=nothing, on_guild_left=nothing)
    operator = DiscordOperator(bot, alert_channel_id=1)
    await operator.flush()

    await operator.alert("subject", "Something needs you.")
    await operator.flush()

    assert "Something needs you." in caplog.text
