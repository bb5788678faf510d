"""Topics as a subscriber meets them: what a filter would have sent, what was skipped, and why a paper came or didn't."""

from typing import Any

import pytest

from tests.cogs.reading import BOATS, RIVERS, write_days
from tests.cogs.stage import DIGEST, Stage, text_of

AUDIO = "### 1. Quiet Rooms: Audio Models\n- 소리를 다룹니다.\n"


@pytest.mark.parametrize("command", ["channel subscribe", "dm subscribe"])
async def test_subscribing_with_topics_shows_what_they_would_have_sent(here: Stage, command: str) -> None:
    await write_days(here, AUDIO, AUDIO)

    seen = text_of(await here.manager.slash(here.channel, command, keywords="models -audio"))

    assert "Of the 4 papers of the last 3 digests these topics would have sent 1, about 0.3 a day." in seen
    assert "2 of the digests would have been skipped." in seen
    assert "For example:\n- Paper Boats: Small Vision Models that Float on a Phone (2024-03-04)" in seen
    assert "- Quiet Rooms: Audio Models (2024-03-03): has “audio”, which is excluded" in seen


async def test_a_near_miss_says_what_is_missing(here: Stage) -> None:
    seen = text_of(await here.manager.slash(here.channel, "channel subscribe", keywords="small rivers, float"))

    assert "- Slow Rivers: Long-Context Reading with Constant Memory (2024-03-04): lacks “small”" in seen


async def test_topics_that_match_nothing_are_told_at_once(here: Stage) -> None:
    seen = text_of(await here.manager.slash(here.channel, "channel subscribe", keywords="volcano"))

    assert "these topics would have sent none" in seen


@pytest.mark.parametrize("command", ["channel subscribe", "dm subscribe"])
async def test_the_longest_topics_are_answered(here: Stage, command: str) -> None:
    await write_days(here, *[AUDIO.replace("Quiet Rooms", f"Audio Models {'x_' * 60}{n}") for n in range(3)])
    words = " ".join(f"{a}_{b}" for a in "abcdefgh" for b in "stuvwxyz")

    seen = await here.manager.slash(here.channel, command, keywords=f"models audio {words}"[:200], send_now=True)

    assert "lacks “a\\_s”, “a\\_t”, “a\\_u”, “a\\_v”, …" in text_of(seen)
    assert "No paper of the newest digest" in text_of(seen)


async def test_without_topics_there_is_no_time_machine(here: Stage) -> None:
    assert "🔭" not in text_of(await here.manager.slash(here.channel, "channel subscribe"))


async def test_the_time_machine_speaks_korean(here: Stage) -> None:
    here.speak("ko")

    seen = text_of(await here.manager.slash(here.channel, "channel subscribe", keywords="rivers boats"))

    assert "지난 다이제스트 1개의 논문 2편 가운데" in seen
    assert "“boats” 없음" in seen


async def subscribe_and_wait(here: Stage, keywords: str) -> None:
    """Subscribe the channel, and let its day come."""
    await here.manager.slash(here.channel, "channel subscribe", keywords=keywords)
    here.clock.instant = here.clock.instant.replace(day=6)
    await here.tick()


@pytest.mark.parametrize(
    ("command", "overview"), [("channel subscribe", "channel list"), ("dm subscribe", "dm status")]
)
async def test_what_was_skipped_is_shown(here: Stage, command: str, overview: str) -> None:
    await here.manager.slash(here.channel, command, keywords="volcano")
    here.clock.instant = here.clock.instant.replace(day=6)
    await here.tick()

    seen = text_of(await here.manager.slash(here.channel, overview))

    assert "skipped since then, for no paper matched the topics: Mon, 4 Mar 2024" in seen
    assert "nothing delivered yet" in seen


async def test_after_a_delivery_nothing_counts_as_skipped(here: Stage) -> None:
    await subscribe_and_wait(here, "rivers")

    assert "skipped" not in text_of(await here.manager.slash(here.channel, "channel list"))


async def why(here: Stage, paper: str = RIVERS, who: Any = None) -> str:
    seen = await (who or here.reader).slash(here.channel, "paper why", paper=paper)
    assert seen.ephemeral
    return text_of(seen)


async def test_a_paper_that_came_is_linked(here: Stage) -> None:
    await subscribe_and_wait(here, "rivers")
    [post] = await here.posts(here.channel)

    seen = await why(here)

    assert f"<#{here.channel.id}>: It was delivered on Wed, 6 Mar 2024, 12:00." in seen
    assert f"/{here.guild.id}/{here.channel.id}/{post.id}" in seen


async def test_a_paper_that_the_topics_leave_out_says_which_word(here: Stage) -> None:
    await subscribe_and_wait(here, "rivers")

    assert "delivered without it, for the topics leave it out: it lacks “rivers”" in await why(here, BOATS)


async def test_a_skipped_digest_says_why(here: Stage) -> None:
    await subscribe_and_wait(here, "volcano")

    assert "skipped, for no paper of it matched the topics: this one lacks “volcano”" in await why(here)


async def test_a_paper_of_tomorrow_says_when_it_comes(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe")

    assert "waits for its time: Wed, 6 Mar 2024, 09:00" in await why(here)


async def test_a_paper_older_than_the_subscription_says_so(here: Stage) -> None:
    await write_days(here, AUDIO)
    await subscribe_and_wait(here, "*")

    assert "older than what the subscription" in await why(here, "2024-03-03-daily-digest/1")


async def test_a_paused_channel_says_what_to_do(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe")
    here.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    here.clock.instant = here.clock.instant.replace(day=6)
    await here.tick()

    seen = await why(here)

    assert "paused since Wed, 6 Mar 2024" in seen
    assert "/channel subscribe" in seen


async def test_where_nothing_is_subscribed_that_is_the_reason(here: Stage) -> None:
    seen = await why(here)

    assert "Nothing is subscribed" in seen
    assert "Direct messages" not in seen


async def test_direct_messages_are_explained_beside_the_channel(here: Stage) -> None:
    await here.reader.slash(here.channel, "dm subscribe", keywords="rivers", send_now=True)

    seen = await why(here)

    assert "- Direct messages to you: It was delivered on Tue, 5 Mar 2024, 12:00." in seen
    assert "https://discord.com/channels/@me/" in seen


async def test_an_unknown_paper_says_how_to_name_one(here: Stage) -> None:
    assert "Begin to type its title" in await why(here, "🦜" * 100)


async def test_a_digest_removed_meanwhile_is_no_reason_to_fail(here: Stage) -> None:
    (here.folder / "digests" / "2024-03-04-daily-digest.md").unlink()

    assert "There is no paper" in await why(here)


async def test_titles_are_offered(here: Stage) -> None:
    for command in ("paper why", "paper related"):
        [choice] = await here.reader.autocomplete(here.channel, command, "paper", "slow")
        assert choice["value"] == RIVERS


async def test_a_correction_is_explained_by_how_it_looks_today(here: Stage) -> None:
    await subscribe_and_wait(here, "rivers")
    here.write("2024-03-04-daily-digest", DIGEST.format(day="4 Mar 2024").replace("Slow Rivers", "Swift Rivers"))
    await here.app.index()

    assert "It was delivered" in await why(here)
