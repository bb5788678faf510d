"""Interactions: people use the bot, and it has three seconds to answer."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.wire import payloads
from tests.wire.answers import ARRIVED, answer
from tests.wire.errors import ApiError, invalid_form, unknown
from tests.wire.gateway import Gateway
from tests.wire.rest import SPEECH
from tests.wire.truth import Channel, Message, Payload, User, World
from tests.wire.validation import check_message

DEADLINE = 3.0
"""Seconds for the first answer (Receiving and Responding)."""
EPHEMERAL = 1 << 6

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass(slots=True)
class Interaction:
    """One use of the bot, and what came back."""

    id: int
    token: str
    type: int
    channel: Channel
    user: User
    source: Message | None = None
    """The message whose control was used."""
    asked_at: float = field(default_factory=time.monotonic)
    callback: Payload | None = None
    answered_at: float = 0.0
    message: Message | None = None
    followups: list[Message] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """True once the person sees more than that the bot is thinking."""
        if self.callback is None:
            return False
        return self.callback["type"] != DEFERRED or self.message is not None

    def report(self, world: World) -> Payload:
        """Return what the person saw."""
        callback = self.callback or {}
        message = None if self.message is None else payloads.message(self.message, world)
        return {
            "type": callback.get("type"),
            "data": callback.get("data"),
            "message": message,
            "seconds": self.answered_at - self.asked_at,
            "ephemeral": bool((message or {}).get("flags", 0) & EPHEMERAL),
            "followups": [payloads.message(each, world) for each in self.followups],
        }


class Interactions:
    """The endpoints by which the bot answers, and the way by which people ask."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway
        self._open: dict[str, Interaction] = {}

    def routes(self, root: str) -> list[web.RouteDef]:
        """Return the routes below `root`."""
        hook = f"{root}/webhooks/{{application}}/{{token}}"
        return [
            web.post(f"{root}/interactions/{{interaction}}/{{token}}/callback", self.callback),
            web.post(hook, self.follow_up),
            web.get(f"{hook}/messages/{{message}}", self.get_answer),
            web.patch(f"{hook}/messages/{{message}}", self.edit_answer),
            web.delete(f"{hook}/messages/{{message}}", self.delete_answer),
        ]

    async def ask(
        self, kind: int, data: Payload, user: User, channel: Channel, *, source: Message | None, patience: float
    ) -> Payload:
        """Send an interaction to the bot and return what the person saw."""
        asked = Interaction(self.world.new_id(), secrets.token_urlsafe(24), kind, channel, user, source)
        self._open[asked.token] = asked
        await self.gateway.dispatch("INTERACTION_CREATE", self._payload(asked, data), channel.guild_id)
        if not await self.world.until(lambda: asked.callback is not None, DEADLINE):
            self.world.failures.append(f"no answer within {DEADLINE:g} s: {data}")
        await self.world.until(lambda: asked.complete, patience)
        return asked.report(self.world)

    async def callback(self, request: web.Request) -> web.Response:
        """Answer *Create Interaction Response*."""
        asked = self._asked(request)
        if str(asked.id) != request.match_info["interaction"] or time.monotonic() - asked.asked_at > DEADLINE:
            self.world.failures.append("acknowledged too late")
            raise unknown("interaction", 10062)
        if asked.callback is not None:
            self.world.failures.append("acknowledged twice")
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        body: Payload = await request.json()
        self._apply(asked, body["type"], body.get("data") or {})
        asked.callback, asked.answered_at = body, request[ARRIVED]
        await self.world.touch()
        if request.query.get("with_response") != "1":
            return web.Response(status=204)
        return answer(self._receipt(asked, body))

    async def follow_up(self, request: web.Request) -> web.Response:
        """Answer *Create Followup Message*; the first one after a deferral takes the deferral's place."""
        asked = self._asked(request)
        if asked.callback is None:
            raise unknown("Webhook", 10015)
        body: Payload = await request.json()
        check_message(body)
        if asked.callback["type"] == DEFERRED and asked.message is None:
            message = asked.message = self._say(asked, body, self._deferred_flags(asked))
        else:
            message = self._say(asked, body)
            asked.followups.append(message)
        await self.world.touch()
        return answer(payloads.message(message, self.world))

    async def get_answer(self, request: web.Request) -> web.Response:
        """Answer *Get Original Interaction Response*, or a follow-up by its id."""
        return answer(payloads.message(self._answered(request), self.world))

    async def edit_answer(self, request: web.Request) -> web.Response:
        """Answer *Edit Original Interaction Response*, or a follow-up by its id."""
        asked, body = self._asked(request), await request.json()
        if request.match_info["message"] == "@original" and asked.message is None and asked.callback is not None:
            check_message(body)
            asked.message = asked.source or self._say(asked, body, self._deferred_flags(asked))
        message = self._answered(request)
        self._edit(message, body)
        await self.world.touch()
        return answer(payloads.message(message, self.world))

    async def delete_answer(self, request: web.Request) -> web.Response:
        """Answer *Delete Original Interaction Response*, or a follow-up by its id."""
        self._answered(request).deleted = True
        await self.world.touch()
        return web.Response(status=204)

    def _payload(self, asked: Interaction, data: Payload) -> Payload:
        guild = None if asked.channel.guild_id is None else self.world.guilds[asked.channel.guild_id]
        payload: Payload = {
            "id": str(asked.id),
            "application_id": str(self.world.bot.id),
            "type": asked.type,
            "token": asked.token,
            "version": 1,
            "data": data,
            "channel_id": str(asked.channel.id),
            "channel": payloads.channel(asked.channel, self.world) | {"permissions": str(asked.user.permissions)},
            "app_permissions": str(asked.channel.permissions),
            "locale": asked.user.locale,
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
        }
        if asked.source is not None:
            payload["message"] = payloads.message(asked.source, self.world)
        if guild is None:
            owners = {"1": str(asked.user.id)}
            return payload | {"user": payloads.user(asked.user), "context": 1, "authorizing_integration_owners": owners}
        return payload | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": payloads.member(asked.user),
            "context": 0,
            "authorizing_integration_owners": {"0": str(guild.id)},
        }

    def _apply(self, asked: Interaction, kind: int, data: Payload) -> None:
        """Let an acknowledgement have its effect, if it is one that fits the question."""
        fits = {2: {MESSAGE, DEFERRED, MODAL}, 4: {CHOICES}, 5: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE}}
        fits[3] = fits[5] | {MODAL}
        if kind not in fits[asked.type]:
            raise invalid_form(
                "type", f"A callback of type {kind} does not answer an interaction of type {asked.type}."
            )
        match kind:
            case 4:
                check_message(data)
                asked.message = self._say(asked, data)
            case 7 if asked.source is not None:
                self._edit(asked.source, data)
                asked.message = asked.source
            case 8:
                _check_choices(data["choices"])
            case 9 if not (1 <= len(data["title"]) <= 45 and 1 <= len(data["custom_id"]) <= 100):
                raise invalid_form("data.title", "Must be between 1 and 45 in length.", "BASE_TYPE_BAD_LENGTH")

    def _say(self, asked: Interaction, body: Payload, more_flags: int = 0) -> Message:
        """Make a message by the interaction's webhook; others in the channel see it unless it is ephemeral."""
        kept: dict[str, Any] = {name: body[name] for name in SPEECH if body.get(name) is not None}
        kept["flags"] = kept.get("flags", 0) | more_flags
        place = Channel(asked.channel.id, "", 0, None) if kept["flags"] & EPHEMERAL else asked.channel
        return self.world.post(place, self.world.bot.id, kept, webhook_id=self.world.bot.id)

    def _edit(self, message: Message, body: Payload) -> None:
        changed = message.body | {name: body[name] for name in SPEECH if name in body and name != "flags"}
        check_message(changed)
        message.body = changed
        message.edits += 1

    def _receipt(self, asked: Interaction, body: Payload) -> Payload:
        interaction: Payload = {"id": str(asked.id), "type": asked.type}
        if body["type"] == DEFERRED:
            interaction["response_message_loading"] = True
        if asked.message is None:
            return {"interaction": interaction}
        interaction["response_message_id"] = str(asked.message.id)
        message = payloads.message(asked.message, self.world)
        return {"interaction": interaction, "resource": {"type": body["type"], "message": message}}

    def _deferred_flags(self, asked: Interaction) -> int:
        data: Payload = (asked.callback or {}).get("data") or {}
        return int(data.get("flags", 0)) & EPHEMERAL

    def _asked(self, request: web.Request) -> Interaction:
        asked = self._open.get(request.match_info["token"])
        if asked is None:
            raise unknown("interaction", 10062)
        return asked

    def _answered(self, request: web.Request) -> Message:
        asked, wanted = self._asked(request), request.match_info["message"]
        if wanted == "@original":
            found = asked.message or asked.source
        else:
            found = next((each for each in [asked.message, *asked.followups] if each and str(each.id) == wanted), None)
        if found is None or found.deleted:
            raise unknown("Message", 10008)
        return found


def _check_choices(choices: list[Payload]) -> None:
    if len(choices) > 25:
        raise invalid_form("data.choices", "Must be 25 or fewer in length.", "BASE_TYPE_BAD_LENGTH")
    for index, choice in enumerate(choices):
        if not (1 <= len(choice["name"]) <= 100 and 1 <= len(str(choice["value"])) <= 100):
            raise invalid_form(f"data.choices.{index}", "Must be between 1 and 100 in length.", "BASE_TYPE_BAD_LENGTH")
