"""`/channel` as a server manager meets it."""

import pytest

from bot.domain.subscription import Destination, DestinationKind, Language, Style
from tests.cogs.stage import DIGEST, Stage, text_of


async def test_subscribing_keeps_the_wishes_and_says_them(here: Stage) -> None:
    seen = await here.manager.slash(
        here.channel,
        "channel subscribe",
        time="07:30",
        timezone="America/New_York",
        keywords="언어 모델, diffusion -video",
        style="compact",
        days="weekdays",
        language="en",
    )

    kept = await here.app.services.subscriptions.get(Destination(DestinationKind.CHANNEL, here.channel.id))
    assert kept is not None
    assert (kept.time.isoformat("minutes"), kept.zone.key, kept.style) == ("07:30", "America/New_York", Style.COMPACT)
    assert (kept.keywords, kept.language) == ("언어 모델, diffusion -video", Language.ENGLISH)
    assert seen.ephemeral
    for word in (f"<#{here.channel.id}>", "07:30", "America/New_York", "언어 모델", "Monday to Friday"):
        assert word in text_of(seen)


async def test_subscribing_again_changes_only_what_is_given(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", time="07:30", keywords="rivers")

    await here.manager.slash(here.channel, "channel subscribe", style="titles")

    kept = await here.app.services.subscriptions.get(Destination(DestinationKind.CHANNEL, here.channel.id))
    assert kept is not None
    assert (kept.time.isoformat("minutes"), kept.keywords, kept.style) == ("07:30", "rivers", Style.TITLES)


async def test_a_star_lets_every_paper_through_again(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", keywords="rivers")

    await here.manager.slash(here.channel, "channel subscribe", keywords="*")

    kept = await here.app.services.subscriptions.get(Destination(DestinationKind.CHANNEL, here.channel.id))
    assert kept is not None
    assert kept.keywords == ""


async def test_send_now_posts_the_newest_digest_and_links_it(here: Stage) -> None:
    seen = await here.manager.slash(here.channel, "channel subscribe", send_now=True)

    [post] = await here.posts(here.channel)
    assert [embed.title for embed in post.embeds] == [
        "1. Slow Rivers: Long-Context Reading with Constant Memory",
        "2. Paper Boats: Small Vision Models that Float on a Phone",
    ]
    assert f"https://discord.com/channels/{here.guild.id}/{here.channel.id}/{post.id}" in text_of(seen)


async def test_send_now_repeats_nothing_and_says_so_with_the_link(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True)
    await here.manager.slash(here.channel, "channel unsubscribe")

    seen = await here.manager.slash(here.channel, "channel subscribe", send_now=True)

    [post] = await here.posts(here.channel)
    assert "not repeated" in text_of(seen)
    assert f"/{post.id}" in text_of(seen)


async def test_send_now_without_a_digest_says_that_there_is_none(here: Stage) -> None:
    (here.folder / "digests" / "2024-03-04-daily-digest.md").unlink()

    seen = await here.manager.slash(here.channel, "channel subscribe", send_now=True)

    assert "no digest yet" in text_of(seen)


async def test_the_digest_comes_at_its_time_and_once(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", time="12:30", timezone="Asia/Seoul")
    await here.tick()
    early = len(await here.posts(here.channel))
    here.clock.instant = here.clock.instant.replace(minute=30)

    await here.tick()
    await here.tick()

    assert (early, len(await here.posts(here.channel))) == (0, 1)


async def test_an_unsubscribed_channel_gets_nothing_more(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True)
    seen = await here.manager.slash(here.channel, "channel unsubscribe")
    here.write("2024-03-05-daily-digest", DIGEST.format(day="5 Mar 2024"))
    here.clock.instant = here.clock.instant.replace(day=6)

    await here.tick()

    assert len(await here.posts(here.channel)) == 1
    assert f"<#{here.channel.id}>" in text_of(seen)


async def test_unsubscribing_what_is_not_subscribed_says_what_to_do(here: Stage) -> None:
    seen = await here.manager.slash(here.channel, "channel unsubscribe")

    assert "/channel list" in text_of(seen)


async def test_the_list_shows_settings_and_what_comes_next_and_came_last(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", time="09:00", send_now=True)

    seen = await here.manager.slash(here.channel, "channel list")

    [post] = await here.posts(here.channel)
    for words in (f"<#{here.channel.id}>", "09:00", "Asia/Seoul", "Wed, 6 Mar 2024, 09:00", f"/{post.id}"):
        assert words in text_of(seen)


async def test_an_empty_list_says_how_to_begin(here: Stage) -> None:
    seen = await here.manager.slash(here.channel, "channel list")

    assert "/channel subscribe" in text_of(seen)


async def test_a_list_longer_than_a_message_goes_on_in_further_ones(here: Stage) -> None:
    channels = [here.guild.create_text_channel(f"papers-{number}") for number in range(20)]
    for channel in channels:
        await here.manager.slash(here.channel, "channel subscribe", channel=channel)

    seen = await here.manager.slash(here.channel, "channel list")

    assert all(f"<#{channel.id}>" in text_of(seen) for channel in channels)
    assert all(len(message.content) <= 2000 for message in (seen.response, *seen.followups))


@pytest.mark.parametrize(
    ("lacking", "named"),
    [("send_messages", "Send Messages"), ("embed_links", "Embed Links"), ("view_channel", "View Channel")],
)
async def test_a_channel_where_the_bot_may_not_post_is_refused_by_name(here: Stage, lacking: str, named: str) -> None:
    closed = here.without(lacking)

    seen = await here.manager.slash(closed, "channel subscribe")

    assert named in text_of(seen)
    assert await here.app.services.subscriptions.all() == ()


async def test_without_the_history_permission_the_bot_warns(here: Stage) -> None:
    closed = here.without("read_message_history")

    seen = await here.manager.slash(closed, "channel subscribe")

    assert "Read Message History" in text_of(seen)
    assert len(await here.app.services.subscriptions.all()) == 1


async def test_a_channel_that_refuses_is_paused_and_the_list_says_why(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe")
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    here.clock.instant = here.clock.instant.replace(day=6)

    await here.tick()
    seen = await here.manager.slash(here.channel, "channel list")

    [wish] = await here.app.services.subscriptions.all()
    assert wish.pause is not None
    assert wish.pause.probe_at is not None
    assert "paused" in text_of(seen)
    assert "Send Messages" in text_of(seen)
    assert f"next try: <t:{int(wish.pause.probe_at.timestamp())}:R>" in text_of(seen)


async def test_subscribing_again_ends_a_pause(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe")
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    here.clock.instant = here.clock.instant.replace(day=6)
    await here.tick()

    seen = await here.manager.slash(here.channel, "channel subscribe")
    await here.tick()

    assert "served again" in text_of(seen)
    assert len(await here.posts(here.channel)) == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"time": "25:00"}, "HH:MM"),
        ({"time": "soon"}, "HH:MM"),
        ({"timezone": "Mars/Olympus"}, "Asia/Seoul"),
        ({"keywords": "!?"}, "separated by commas"),
    ],
)
async def test_a_mistake_gets_a_sentence_that_says_what_to_type(
    here: Stage, options: dict[str, str], sentence: str
) -> None:
    seen = await here.manager.slash(here.channel, "channel subscribe", **options)

    assert sentence in text_of(seen)
    assert seen.ephemeral
    assert await here.app.services.subscriptions.all() == ()


async def test_who_does_not_manage_the_server_is_refused_even_where_the_server_offers_the_command(here: Stage) -> None:
    [command] = [each for each in await here.app.bot.tree.fetch_commands() if each.name == "channel"]
    here.guild.set_command_permissions(command, {here.reader: True})

    seen = await here.reader.slash(here.channel, "channel subscribe")

    assert "Manage Server" in text_of(seen)
    assert await here.app.services.subscriptions.all() == ()


async def test_a_city_in_korean_finds_its_time_zone(here: Stage) -> None:
    here.speak("ko")

    choices = await here.manager.autocomplete(here.channel, "channel subscribe", "timezone", "뉴욕")

    assert [choice["value"] for choice in choices] == ["America/New_York"]


async def test_a_korean_client_is_answered_in_korean(here: Stage) -> None:
    here.speak("ko")

    seen = await here.manager.slash(here.channel, "channel subscribe", send_now=True)

    assert "매일 다이제스트를 올립니다" in text_of(seen)
    assert "2024년 3월 4일" in text_of(seen)


async def test_a_server_that_is_left_is_forgotten(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe")

    here.env.backend.remove_guild(here.guild.id)
    await here.env.settle()

    assert await here.app.services.subscriptions.all() == ()
