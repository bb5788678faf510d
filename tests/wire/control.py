"""`/control/`: how a test sets up the world, plays its people, makes it misbehave, and asks what is true."""

import dataclasses
import re
from collections import Counter
from typing import Any

from aiohttp import web

from tests.wire import payloads
from tests.wire.answers import answer
from tests.wire.faults import Fault
from tests.wire.gateway import Gateway
from tests.wire.interactions import Interactions
from tests.wire.invocation import command_data
from tests.wire.truth import Channel, Guild, Inbox, Message, Payload, Permission, User, World

PATIENCE = 15.0
"""Seconds that a question waits for its answer."""


class Control:
    """The stand-in's own API."""

    def __init__(self, world: World, gateway: Gateway, interactions: Interactions, faults: list[Fault]) -> None:
        self.world = world
        self.gateway = gateway
        self.interactions = interactions
        self.faults = faults

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.patch("/control/settings", self.settings),
            web.get("/control/state", self.state),
            web.get("/control/requests", self.requests),
            web.get("/control/requests/count", self.count),
            web.post("/control/guilds", self.add_guild),
            web.delete("/control/guilds/{guild}", self.remove_guild),
            web.post("/control/users", self.add_user),
            web.patch("/control/users/{user}", self.change_user),
            web.post("/control/channels", self.add_channel),
            web.patch("/control/channels/{channel}", self.change_channel),
            web.delete("/control/channels/{channel}", self.remove_channel),
            web.get("/control/channels/{channel}/messages", self.messages),
            web.get("/control/channels/{channel}/threads", self.threads),
            web.get("/control/channels/{channel}/tags", self.tags),
            web.get("/control/guilds/{guild}", self.guild),
            web.get("/control/controls", self.controls),
            web.post("/control/channels/{channel}/messages", self.say),
            web.delete("/control/channels/{channel}/messages/{message}", self.delete_message),
            web.post("/control/users/{user}/channel", self.direct_channel),
            web.post("/control/interactions", self.ask),
            web.post("/control/faults", self.add_fault),
            web.delete("/control/faults", self.clear_faults),
            web.post("/control/gateway/{action}", self.disturb),
        ]

    async def settings(self, request: web.Request) -> web.Response:
        """Change how this Discord behaves."""
        for name, value in (await request.json()).items():
            setattr(self.world.settings, name, value)
        return answer(dataclasses.asdict(self.world.settings))

    async def state(self, request: web.Request) -> web.Response:
        """Tell what is true; with `connected`, once the bot has identified or resumed so many times in all and is there."""
        wanted = int(request.query.get("connections", "0"))

        def reached() -> bool:
            return self.gateway.identified + self.gateway.resumed >= wanted and self.gateway.connected

        ok = not wanted or await self.world.until(reached, PATIENCE)
        body = {
            "reached": ok,
            "bot": str(self.world.bot.id),
            "owner": str(self.world.owner.id),
            "identified": self.gateway.identified,
            "resumed": self.gateway.resumed,
            "failures": self.world.failures,
            "commands": self.world.commands,
        }
        return answer(body)

    async def requests(self, request: web.Request) -> web.Response:
        """List the REST requests that fit, once there are `at_least` so many."""
        method, pattern = request.query.get("method", "POST"), re.compile(request.query.get("path", ".*"))

        def fitting() -> list[Payload]:
            entries = [each for each in self.world.requests if each.method == method and pattern.fullmatch(each.path)]
            return [dataclasses.asdict(each) for each in entries]

        await self._enough(request, fitting)
        return answer(fitting())

    async def count(self, request: web.Request) -> web.Response:
        """Count the REST requests that fit."""
        method, pattern = request.query.get("method", "POST"), re.compile(request.query.get("path", ".*"))
        return answer(
            sum(each.method == method and pattern.fullmatch(each.path) is not None for each in self.world.requests)
        )

    async def add_guild(self, request: web.Request) -> web.Response:
        """Let the bot join a server."""
        body = await request.json()
        roles = {self.world.new_id(): name for name in body.pop("roles", [])}
        guild = Guild(self.world.new_id(), owner_id=self.world.owner.id, roles=roles, **body)
        self.world.guilds[guild.id] = guild
        await self.gateway.dispatch("GUILD_CREATE", payloads.guild(guild, self.world), guild.id)
        return answer({"id": str(guild.id), "roles": {name: str(role) for role, name in roles.items()}})

    async def remove_guild(self, request: web.Request) -> web.Response:
        """Remove the bot from a server, or let the server have an outage."""
        guild = self.world.guilds[int(request.match_info["guild"])]
        gone: Payload = {"id": str(guild.id)}
        if "outage" in request.query:
            gone["unavailable"] = True
        else:
            del self.world.guilds[guild.id]
            self.world.channels = {k: v for k, v in self.world.channels.items() if v.guild_id != guild.id}
        await self.gateway.dispatch("GUILD_DELETE", gone, guild.id)
        return answer({})

    async def add_user(self, request: web.Request) -> web.Response:
        """Let a person in."""
        user = User(self.world.new_id(), **await request.json())
        self.world.users[user.id] = user
        return answer({"id": str(user.id)})

    async def change_user(self, request: web.Request) -> web.Response:
        """Change a person: `inbox`, `locale`, `permissions`."""
        user = self.world.users[int(request.match_info["user"])]
        for name, value in (await request.json()).items():
            setattr(user, name, Inbox(value) if name == "inbox" else value)
        return answer({})

    async def direct_channel(self, request: web.Request) -> web.Response:
        """Return the direct-message channel with a person."""
        channel = self.world.direct_channel(self.world.users[int(request.match_info["user"])])
        return answer({"id": str(channel.id)})

    async def add_channel(self, request: web.Request) -> web.Response:
        """Make a channel or thread."""
        body = await request.json()
        channel = Channel(self.world.new_id(), body["name"], body["type"], int(body["guild"]))
        channel.tags = [
            {"id": str(self.world.new_id()), "emoji_id": None, "emoji_name": None, "moderated": False} | tag
            for tag in body.get("tags", ())
        ]
        channel.flags = body.get("flags", 0)
        channel.parent_id = self.world.new_id() if channel.type in payloads.THREADS else None
        self.world.channels[channel.id] = channel
        await self.gateway.dispatch("CHANNEL_CREATE", payloads.channel(channel, self.world), channel.guild_id)
        return answer({"id": str(channel.id)})

    async def change_channel(self, request: web.Request) -> web.Response:
        """Take permissions from the bot (`deny`), give all back, lock a thread."""
        channel, body = self._channel(request), await request.json()
        channel.locked = body.get("locked", channel.locked)
        channel.archived = body.get("archived", channel.archived)
        if "deny" in body:
            denied = sum(Permission[name] for name in body["deny"])
            channel.permissions = int(sum(Permission)) & ~denied
        return answer({})

    async def remove_channel(self, request: web.Request) -> web.Response:
        """Delete a channel or thread."""
        channel = self.world.channels.pop(self._channel(request).id)
        event = "THREAD_DELETE" if channel.type in {10, 11, 12} else "CHANNEL_DELETE"
        await self.gateway.dispatch(event, payloads.channel(channel, self.world), channel.guild_id)
        return answer({})

    async def messages(self, request: web.Request) -> web.Response:
        """List what was posted, in order, once there are `at_least` so many.

        `posts` leaves out what has no embeds, and answers to interactions.
        """
        channel, only_posts = self._channel(request), "posts" in request.query

        def fitting() -> list[Message]:
            return [
                each for each in channel.messages if not only_posts or (each.body.get("embeds") and not each.webhook_id)
            ]

        await self._enough(request, fitting)
        return answer([self._truth(message) for message in fitting()])

    async def tags(self, request: web.Request) -> web.Response:
        """List a forum's tags."""
        return answer(self._channel(request).tags)

    async def controls(self, request: web.Request) -> web.Response:
        """Count the messages that stand, by place (of a thread in a forum: the forum) and the id of their first control."""
        found: Counter[tuple[int, str]] = Counter()
        for channel in self.world.channels.values():
            parent = self.world.channels.get(channel.parent_id or 0, channel)
            for message in channel.messages:
                rows = message.body.get("components") or ()
                if rows and not message.deleted:
                    found[parent.id, rows[0]["components"][0].get("custom_id", "")] += 1
        return answer([[str(place), control, count] for (place, control), count in found.items()])

    async def guild(self, request: web.Request) -> web.Response:
        """Show a server."""
        return answer(payloads.guild(self.world.guilds[int(request.match_info["guild"])], self.world))

    async def threads(self, request: web.Request) -> web.Response:
        """List a forum's threads, oldest first, once there are `at_least` so many."""
        forum = self._channel(request)

        def opened() -> list[Payload]:
            threads = [each for each in self.world.channels.values() if each.parent_id == forum.id]
            return [payloads.channel(each, self.world) for each in threads]

        await self._enough(request, opened)
        return answer(opened())

    async def say(self, request: web.Request) -> web.Response:
        """Let a person write a message."""
        body = await request.json()
        message = self.world.post(self._channel(request), int(body["user"]), {"content": body["content"]})
        return answer({"id": str(message.id)})

    async def delete_message(self, request: web.Request) -> web.Response:
        """Let a moderator delete a message."""
        number = int(request.match_info["message"])
        for message in self._channel(request).messages:
            message.deleted = message.deleted or message.id == number
        return answer({})

    async def ask(self, request: web.Request) -> web.Response:
        """Let a person use a command, a control or a form, and return what they saw."""
        body = await request.json()
        user, channel = self.world.users[int(body["user"])], self.world.channels[int(body["channel"])]
        source = next((each for each in channel.messages if str(each.id) == body.get("message")), None)
        data = body.get("data")
        if data is None:
            data = command_data(self.world, user, body["command"], body["options"], body.get("focused"))
        seen = await self.interactions.ask(body["type"], data, user, channel, source=source, patience=PATIENCE)
        return answer(seen)

    async def add_fault(self, request: web.Request) -> web.Response:
        """Misbehave from now on."""
        self.faults.append(Fault(**await request.json()))
        return answer({})

    async def clear_faults(self, _: web.Request) -> web.Response:
        """Behave again."""
        self.faults.clear()
        return answer({})

    async def disturb(self, request: web.Request) -> web.Response:
        """`drop`, `reconnect` or `invalidate` the gateway's connections."""
        actions = {
            "drop": self.gateway.drop,
            "reconnect": self.gateway.reconnect,
            "invalidate": self.gateway.invalidate,
        }
        await actions[request.match_info["action"]]()
        return answer({})

    def _channel(self, request: web.Request) -> Channel:
        return self.world.channels[int(request.match_info["channel"])]

    def _truth(self, message: Message) -> Payload:
        more = {"nonce": message.nonce, "deleted": message.deleted, "edits": message.edits, "at": message.posted_at}
        more |= {"published": message.published, "pinged": message.pinged}
        return payloads.message(message, self.world) | more

    async def _enough(self, request: web.Request, listing: Any) -> None:
        wanted, seconds = int(request.query.get("at_least", "0")), float(request.query.get("seconds", str(PATIENCE)))
        if wanted:
            await self.world.until(lambda: len(listing()) >= wanted, seconds)
