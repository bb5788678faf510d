"""`/dm` as a reader meets it."""

from bot.domain.subscription import Destination, DestinationKind
from tests.cogs.stage import DIGEST, Stage, text_of


async def test_subscribing_opens_the_direct_messages_with_plain_words(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "dm subscribe", time="08:00", timezone="Europe/Berlin")

    [greeting] = here.reader.user.dm_channel.history()
    assert "/dm unsubscribe" in greeting.content
    assert greeting.embeds == []
    assert "direct message" in text_of(seen)


async def test_the_digest_comes_as_a_direct_message_at_its_time(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe", time="12:30", timezone="Asia/Seoul")
    here.clock.instant = here.clock.instant.replace(minute=30)

    await here.tick()
    await here.tick()

    assert len(await here.posts(here.reader.user.dm_channel)) == 1


async def test_closed_direct_messages_are_refused_with_the_remedy_and_nothing_is_kept(here: Stage) -> None:
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)

    seen = await here.reader.slash(here.channel, "dm subscribe")

    assert "privacy settings" in text_of(seen)
    assert await here.app.services.subscriptions.all() == ()


async def test_direct_messages_closed_later_pause_the_subscription_and_its_status_says_why(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe")
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    here.clock.instant = here.clock.instant.replace(day=6)

    await here.tick()
    seen = await here.reader.slash(here.channel, "dm status")

    assert "paused" in text_of(seen)
    assert "/dm subscribe" in text_of(seen)


async def test_changing_wishes_writes_no_second_greeting(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe")

    await here.reader.slash(here.channel, "dm subscribe", style="titles")

    assert len(here.reader.user.dm_channel.history()) == 1


async def test_send_now_says_what_was_sent(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "dm subscribe", send_now=True)

    [post] = await here.posts(here.reader.user.dm_channel)
    assert f"https://discord.com/channels/@me/{post.channel.id}/{post.id}" in text_of(seen)


async def test_send_now_of_topics_that_nothing_matches_says_so(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "dm subscribe", keywords="astronomy", send_now=True)

    assert "matches the topics" in text_of(seen)
    assert await here.posts(here.reader.user.dm_channel) == []


async def test_unsubscribing_ends_it(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe", send_now=True)
    await here.reader.slash(here.channel, "dm unsubscribe")
    here.write("2024-03-05-daily-digest", DIGEST.format(day="5 Mar 2024"))
    here.clock.instant = here.clock.instant.replace(day=6)

    await here.tick()
    seen = await here.reader.slash(here.channel, "dm status")

    assert len(await here.posts(here.reader.user.dm_channel)) == 1
    assert "/dm subscribe" in text_of(seen)


async def test_unsubscribing_without_a_subscription_says_how_to_begin(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "dm unsubscribe")

    assert "/dm subscribe" in text_of(seen)


async def test_a_person_is_written_to_in_the_language_of_their_client(here: Stage) -> None:
    here.speak("ko")

    await here.reader.slash(here.channel, "dm subscribe")

    [greeting] = here.reader.user.dm_channel.history()
    kept = await here.app.services.subscriptions.get(Destination(DestinationKind.USER, here.reader.id))
    assert kept is not None
    assert (greeting.content[:4], kept.language) == ("안녕하세", "ko")


async def test_in_direct_messages_the_command_works_too(here: Stage) -> None:
    seen = await here.reader.user.slash("dm subscribe")

    assert "✅" in text_of(seen)
