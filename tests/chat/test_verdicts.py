"""What Discord's codes mean."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.chat.verdicts import judge, judge_sending
from bot.domain.delivery import Refusal, Refused, Rejected, Sent, Unauthorized, Unknown


def http_error(status: int, code: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="No")
    kinds = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}
    return kinds.get(status, discord.HTTPException)(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("status", "code", "refusal"),
    [
        (404, 10003, Refusal.CHANNEL_GONE),
        (403, 50001, Refusal.NO_ACCESS),
        (403, 50013, Refusal.NO_PERMISSION),
        (403, 50007, Refusal.DM_CLOSED),
        (403, 50278, Refusal.NO_MUTUAL_SERVER),
        (400, 50083, Refusal.ARCHIVED),
        (403, 160002, Refusal.OTHER),
        (404, 10004, Refusal.OTHER),
        (400, 50008, Refusal.OTHER),
        (400, 200000, Refusal.OTHER),
    ],
)
def test_a_refusal_has_its_reason(status: int, code: int, refusal: Refusal) -> None:
    outcome = judge_sending(http_error(status, code))

    assert isinstance(outcome, Refused)
    assert outcome.refusal is refusal
    assert str(code) in outcome.detail


@pytest.mark.parametrize(("status", "code"), [(403, 0), (404, 0), (403, 20026), (403, 40333), (429, 0), (503, 0)])
def test_what_says_nothing_about_the_place_pauses_nobody(status: int, code: int) -> None:
    assert isinstance(judge(http_error(status, code)), Unknown)


def test_an_invalid_message_is_rejected() -> None:
    assert isinstance(judge(http_error(400, 50035)), Rejected)


def test_a_refused_token_is_unauthorized() -> None:
    assert isinstance(judge(http_error(401, 0)), Unauthorized)


def test_an_unknown_message_was_sent_only_where_one_was_being_sent() -> None:
    error = http_error(404, 10008)

    assert judge_sending(error) == Sent(None)
    assert isinstance(judge(error), Refused)


@pytest.mark.parametrize("error", [TimeoutError(), aiohttp.ServerDisconnectedError(), ConnectionResetError()])
def test_trouble_on_the_way_leaves_it_unknown(error: Exception) -> None:
    assert isinstance(judge(error), Unknown)
