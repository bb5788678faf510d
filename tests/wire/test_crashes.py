"""Power cuts at random moments and at each step of a broadcast: afterwards every message stands exactly once."""

import random

import pytest

from tests.wire.crashes import Campaign
from tests.wire.mortal import STEPS
from tests.wire.process import BotProcess
from tests.wire.standin import ANNOUNCEMENT, FORUM, TEXT, THREAD, StandIn

SIZES = {TEXT: 12, ANNOUNCEMENT: 4, THREAD: 4, FORUM: 4}


async def a_campaign(discord: StandIn, bot: BotProcess, seed: int) -> Campaign:
    """Prepare a bot for two dozen channels and a few people, without its digest."""
    next(iter(bot.digests.iterdir())).unlink()
    campaign = Campaign(discord, bot, random.Random(seed))
    await campaign.prepare(SIZES, people=4)
    return campaign


@pytest.mark.parametrize("seed", [1])
async def test_after_power_cuts_every_message_stands_exactly_once(discord: StandIn, bot: BotProcess, seed: int) -> None:
    campaign = await a_campaign(discord, bot, seed)

    tally = await campaign.run(kills=5)

    assert (tally.lost, tally.doubled) == ([], [])
    assert tally.messages == 3 * tally.digests * len(campaign.places)


async def test_after_a_power_cut_at_each_step_every_message_stands_exactly_once(
    discord: StandIn, bot: BotProcess
) -> None:
    campaign = await a_campaign(discord, bot, seed=2)

    tally = await campaign.run_through(STEPS)

    assert (tally.lost, tally.doubled) == ([], [])
    assert tally.kills == dict.fromkeys(STEPS, 1)


async def test_with_faults_mixed_in_every_message_stands_exactly_once(discord: StandIn, bot: BotProcess) -> None:
    campaign = await a_campaign(discord, bot, seed=3)
    await discord.set(chaos=0.02)

    tally = await campaign.run(kills=2)

    assert (tally.lost, tally.doubled) == ([], [])
