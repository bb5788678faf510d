"""The real bot, as a process, from the slash command to the post: on time, once, through crashes."""

import asyncio
import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

import discord as discordpy
import pytest

from bot.storage.database import open_database
from bot.storage.subscriptions import Subscriptions
from tests.wire.crashes import TIMING
from tests.wire.process import BotProcess
from tests.wire.standin import Payload, StandIn

TITLES = [
    "1. Slow Rivers: Long-Context Reading with Constant Memory",
    "2. Marginalia: Teaching Models to Say Where They Are Unsure",
    "3. Paper Boats: Small Vision Models that Float on a Phone",
    "4. A Census of Forgotten Benchmarks",
    "5. Whisper Less: Speech Recognition that Knows When to Wait",
    "6. Gardeners and Robots: Learning to Prune from Video",
    "7. The Quiet Gradient: Training without Loud Updates",
]
CHANNEL_ZONES = ["Asia/Seoul", "America/New_York", "Asia/Kolkata"]
MEMBER_ZONES = ["Pacific/Auckland", "UTC"]


async def test_everyone_gets_the_digest_in_their_minute_and_once(discord: StandIn, bot: BotProcess) -> None:
    guild, manager = await discord.guild(), await discord.user("manager")
    channels = [await discord.channel(guild, f"papers-{number}") for number in range(3)]
    members = [await discord.user(f"member-{number}") for number in range(2)]
    await bot.start()
    minute = next_minute()

    for channel, zone in zip(channels, CHANNEL_ZONES, strict=True):
        await discord.command(manager, channel, "channel subscribe", time=wall_time(minute, zone), timezone=zone)
    for member, zone in zip(members, MEMBER_ZONES, strict=True):
        await discord.command(member, channels[0], "dm subscribe", time=wall_time(minute, zone), timezone=zone)
    places = channels + [await discord.direct_channel(member) for member in members]

    for place in places:
        [message] = await discord.posts(place, at_least=1, seconds=120)
        assert [embed["title"] for embed in message["embeds"]] == TITLES
        assert posted_at(message) >= minute
    await bot.kill()
    await bot.start()
    bot.write_digest(5)
    for place in places:
        messages = await discord.posts(place, at_least=2)
        assert [footer_date(message) for message in messages] == ["2024-03-04", "2024-03-05"]


async def test_a_kill_in_the_middle_of_a_delivery_leaves_neither_hole_nor_duplicate(
    discord: StandIn, bot: BotProcess
) -> None:
    arrived, lost = both = await two_subscribed_long_ago(discord, bot)
    bot.entry = ("tests.wire.mortal", json.dumps({"timing": TIMING}))
    await discord.fault(f"/channels/{arrived}/messages", "silence", when="after")
    await discord.fault(f"/channels/{lost}/messages", "silence", when="before")

    await bot.start()
    await discord.requests(rf"/channels/({arrived}|{lost})/messages", at_least=2)
    await discord.messages(arrived, at_least=1)
    await bot.kill()
    await bot.start()
    for channel in both:
        await discord.posts(channel, at_least=1, seconds=90)
    bot.write_digest(5)

    for channel in both:
        messages = await discord.posts(channel, at_least=2, seconds=60)
        assert [footer_date(message) for message in messages] == ["2024-03-04", "2024-03-05"]


async def test_a_channel_that_refuses_is_paused_and_says_why(discord: StandIn, bot: BotProcess) -> None:
    closed, open_ = await two_subscribed_long_ago(discord, bot)
    manager, owner = await discord.user("manager"), int((await discord.state())["owner"])
    await discord.deny(closed, "SEND_MESSAGES")

    await bot.start()
    await discord.messages(await discord.direct_channel(owner), at_least=1)
    listed = await discord.command(manager, open_, "channel list")

    assert str(closed) in visible_text(listed)
    assert "Send Messages" in visible_text(listed)
    assert len(await discord.posts(open_, at_least=1)) == 1
    assert await discord.messages(closed) == []
    assert len(await discord.requests(f"/channels/{closed}/messages")) == 1


async def test_a_corrected_file_edits_what_was_posted_without_a_new_message(discord: StandIn, bot: BotProcess) -> None:
    guild = await discord.guild()
    channel = await discord.channel(guild)
    await bot.subscribe_long_ago(guild, [channel])
    await bot.start()
    [before] = await discord.posts(channel, at_least=1, seconds=60)

    file = bot.digests / "2024-03-04-daily-digest.md"
    bot.replace(file, file.read_text(encoding="utf-8").replace("A Census of Forgotten", "A Census of Remembered"))
    await discord.requests(rf"/channels/{channel}/messages/\d+", "PATCH", at_least=1, seconds=60)
    await bot.stop()  # which finishes what is under way
    [after] = await discord.messages(channel)

    assert (after["id"], after["edits"], after["pinged"]) == (before["id"], 1, False)
    assert "4. A Census of Remembered Benchmarks" in [embed["title"] for embed in after["embeds"]]


async def test_a_few_that_refuse_cost_one_request_each_and_the_others_nothing(
    discord: StandIn, bot: BotProcess
) -> None:
    guild, owner = await discord.guild(), int((await discord.state())["owner"])
    channels = [await discord.channel(guild, f"papers-{number}") for number in range(40)]
    await bot.subscribe_long_ago(guild, channels)
    forbidden, gone, *others = channels
    await discord.deny(forbidden, "SEND_MESSAGES")
    await discord.delete_channel(gone)

    await bot.start()
    for channel in others:
        assert len(await discord.posts(channel, at_least=1, seconds=60)) == 1
    alerts = await discord.messages(await discord.direct_channel(owner), at_least=2, seconds=8)

    told = "\n".join(message["content"] for message in alerts)
    for channel in (forbidden, gone):
        assert len(await discord.requests(rf"/channels/{channel}/messages")) == 1
        assert told.count(str(channel)) == 1


async def test_two_bots_with_one_token_and_one_database_share_the_work_and_the_budget(
    discord: StandIn, bot: BotProcess
) -> None:
    guild = await discord.guild()
    channels = [await discord.channel(guild, f"papers-{number}") for number in range(200)]
    await bot.subscribe_long_ago(guild, channels)

    async with bot.twin() as twin:
        await asyncio.gather(bot.spawn(), twin.spawn())
        for channel in channels:
            assert len(await discord.posts(channel, at_least=1, seconds=60)) == 1
        await twin.stop()
    await bot.stop()

    requests = await discord.requests(r"/channels/\d+/messages")
    delivered = [int(count) for count in re.findall(r"deliveries: (\d+) delivered", bot.log)]
    assert [len(await discord.messages(channel)) for channel in channels] == [1] * len(channels)
    assert {request["status"] for request in requests} == {200}
    assert sum(count > 0 for count in delivered) >= 2, "one bot did it all"


@pytest.mark.parametrize("entry", [("bot", "deliver"), ("bot", "run")])
async def test_what_the_operator_should_know_is_told_before_the_end(
    discord: StandIn, bot: BotProcess, entry: tuple[str, ...]
) -> None:
    guild, owner = await discord.guild(), int((await discord.state())["owner"])
    channels = [await discord.channel(guild, f"papers-{number}") for number in range(3)]
    await bot.subscribe_long_ago(guild, channels)
    *closed, open_ = channels
    for channel in closed:
        await discord.deny(channel, "SEND_MESSAGES")

    bot.entry = entry
    await bot.spawn()
    await discord.posts(open_, at_least=1)
    for channel in closed:
        await discord.requests(rf"/channels/{channel}/messages", at_least=1)
    if entry == ("bot", "run"):
        await bot.stop()
    assert await bot.death(10)

    alerts = await discord.messages(await discord.direct_channel(owner))
    told = "\n".join(message["content"] for message in alerts)
    assert [told.count(str(channel)) for channel in closed] == [1, 1]


async def test_asked_to_stop_it_stops(discord: StandIn, bot: BotProcess) -> None:
    await bot.start()

    await bot.stop()

    assert discord.token not in bot.log


def next_minute() -> dt.datetime:
    """Return a full minute that leaves time to subscribe."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=75)).replace(second=0, microsecond=0)


def wall_time(instant: dt.datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M")


async def two_subscribed_long_ago(discord: StandIn, bot: BotProcess) -> tuple[int, int]:
    """Subscribe two channels by command, and let days pass while the bot is down: a delivery is due at its next start."""
    guild, manager = await discord.guild(), await discord.user("manager")
    channels = await discord.channel(guild, "papers"), await discord.channel(guild, "reading")
    await bot.start()
    for channel in channels:
        await discord.command(manager, channel, "channel subscribe", time="00:00", timezone="UTC")
    await bot.kill()
    async with open_database(bot.database_url) as database:
        subscriptions = Subscriptions(database)
        for subscription in await subscriptions.all():
            earlier = subscription.created_at - dt.timedelta(days=3)
            await subscriptions.put(replace(subscription, created_at=earlier))
    return channels


def posted_at(message: Payload) -> dt.datetime:
    return discordpy.utils.snowflake_time(int(message["id"]))


def footer_date(message: Payload) -> str:
    """Return the date in the last embed's footer."""
    footer: str = message["embeds"][-1]["footer"]["text"]
    return next(word for word in footer.replace("·", " ").split() if word.startswith("2024-"))


def visible_text(seen: Payload) -> str:
    """Return all the words of an answer."""
    message = seen["message"]
    return "\n".join([message["content"], *texts(message["embeds"])])


def texts(embeds: Iterable[Payload]) -> list[str]:
    found = []
    for embed in embeds:
        found += [embed.get("title") or "", embed.get("description") or ""]
        found += [text for field in embed.get("fields", ()) for text in (field["name"], field["value"])]
    return found
