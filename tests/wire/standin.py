"""The stand-in seen from a test."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

Payload = dict[str, Any]

TEXT, ANNOUNCEMENT, THREAD, FORUM = 0, 5, 11, 15
COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class StandIn:
    """One world of the stand-in; every method is a request to its `/control/`."""

    session: aiohttp.ClientSession
    origin: str
    token: str

    @property
    def api_url(self) -> str:
        """The address that the bot is given for Discord's."""
        return f"{self.origin}/api/v10"

    async def guild(self, name: str = "Lab", *, roles: Sequence[str] = ()) -> int:
        """Let the bot join a server."""
        return int((await self._call("POST", "guilds", {"name": name, "roles": list(roles)}))["id"])

    async def role(self, guild: int, name: str) -> int:
        """Return a role of a server by its name."""
        roles = (await self._call("GET", f"guilds/{guild}"))["roles"]
        return next(int(role["id"]) for role in roles if role["name"] == name)

    async def leave(self, guild: int) -> None:
        """Remove the bot from a server."""
        await self._call("DELETE", f"guilds/{guild}")

    async def outage(self, guild: int) -> None:
        """Let a server be unavailable."""
        await self._call("DELETE", f"guilds/{guild}?outage")

    async def channel(self, guild: int, name: str = "papers", kind: int = TEXT, **more: Any) -> int:
        """Make a channel: of a forum also `tags` and `flags`."""
        body = {"guild": guild, "name": name, "type": kind, **more}
        return int((await self._call("POST", "channels", body))["id"])

    async def controls(self) -> dict[int, dict[str, int]]:
        """Return, by place, how many messages stand there under each control; threads count as their forum."""
        found: dict[int, dict[str, int]] = {}
        for place, control, count in await self._call("GET", "controls"):
            found.setdefault(int(place), {})[control] = count
        return found

    async def tag_names(self, forum: int) -> dict[str, str]:
        """Return the names of a forum's tags by their ids."""
        found: list[Payload] = await self._call("GET", f"channels/{forum}/tags")
        return {tag["id"]: tag["name"] for tag in found}

    async def threads(self, forum: int, *, at_least: int = 0, seconds: float = 15.0) -> list[Payload]:
        """Return a forum's threads, once there are so many or time is up."""
        query = f"at_least={at_least}&seconds={seconds}"
        found: list[Payload] = await self._call("GET", f"channels/{forum}/threads?{query}")
        return found

    async def deny(self, channel: int, *permissions: str) -> None:
        """Take these permissions from the bot, and give it all others."""
        await self._call("PATCH", f"channels/{channel}", {"deny": permissions})

    async def lock(self, thread: int) -> None:
        """Archive and lock a thread."""
        await self._call("PATCH", f"channels/{thread}", {"locked": True})

    async def archive(self, thread: int) -> None:
        """Put a thread away for want of messages."""
        await self._call("PATCH", f"channels/{thread}", {"archived": True})

    async def delete_channel(self, channel: int) -> None:
        """Delete a channel or thread."""
        await self._call("DELETE", f"channels/{channel}")

    async def user(self, name: str = "reader", **more: Any) -> int:
        """Let a person in: `locale`, `permissions`, `inbox`."""
        return int((await self._call("POST", "users", {"name": name, **more}))["id"])

    async def change_user(self, user: int, **changes: Any) -> None:
        """Change a person."""
        await self._call("PATCH", f"users/{user}", changes)

    async def direct_channel(self, user: int) -> int:
        """Return a person's direct-message channel with the bot."""
        return int((await self._call("POST", f"users/{user}/channel"))["id"])

    async def messages(self, channel: int, *, at_least: int = 0, seconds: float = 15.0) -> list[Payload]:
        """Return what was really posted, in order, once there are so many or time is up."""
        query = f"at_least={at_least}&seconds={seconds}"
        found: list[Payload] = await self._call("GET", f"channels/{channel}/messages?{query}")
        return found

    async def posts(self, channel: int, *, at_least: int, seconds: float = 30.0) -> list[Payload]:
        """Return the messages with embeds that are no answers to commands, once there are so many or time is up."""
        query = f"posts&at_least={at_least}&seconds={seconds}"
        found: list[Payload] = await self._call("GET", f"channels/{channel}/messages?{query}")
        return found

    async def say(self, channel: int, user: int, content: str) -> int:
        """Let a person write a message."""
        return int((await self._call("POST", f"channels/{channel}/messages", {"user": user, "content": content}))["id"])

    async def delete_message(self, channel: int, message: int) -> None:
        """Let a moderator delete a message."""
        await self._call("DELETE", f"channels/{channel}/messages/{message}")

    async def requests(
        self, path: str, method: str = "POST", *, at_least: int = 0, seconds: float = 15.0
    ) -> list[Payload]:
        """Return the REST requests whose path fits the regular expression, once there are so many or time is up."""
        query = {"path": path, "method": method, "at_least": str(at_least), "seconds": str(seconds)}
        found: list[Payload] = await self._call("GET", "requests", query=query)
        return found

    async def count(self, path: str, method: str = "POST") -> int:
        """Return how many REST requests fit: cheaper than all of them."""
        return int(await self._call("GET", "requests/count", query={"path": path, "method": method}))

    async def state(self, *, connections: int = 0) -> Payload:
        """Return what is true of the bot, once its gateway was connected so many times and is connected now."""
        state: Payload = await self._call("GET", f"state?connections={connections}")
        assert state["reached"], f"the bot did not connect: {state}"
        return state

    async def fault(self, path: str, action: str, **more: Any) -> None:
        """Misbehave: see `tests.wire.faults.Fault`."""
        await self._call("POST", "faults", {"path": path, "action": action, **more})

    async def behave(self) -> None:
        """Misbehave no more."""
        await self._call("DELETE", "faults")

    async def set(self, **settings: Any) -> None:
        """Change how this Discord behaves: see `tests.wire.truth.Settings`."""
        await self._call("PATCH", "settings", settings)

    async def disturb(self, action: str) -> None:
        """`drop`, `reconnect` or `invalidate` the gateway's connections."""
        await self._call("POST", f"gateway/{action}")

    async def command(self, user: int, channel: int, name: str, /, **options: Any) -> Payload:
        """Let a person use a slash command and return what they saw: `type`, `data`, `message`, `ephemeral`, `followups`."""
        question = {"type": COMMAND, "command": name, "options": options}
        return await self._ask(user, channel, question)

    async def complete(self, user: int, channel: int, name: str, focused: str, /, **options: Any) -> list[Payload]:
        """Let a person type into an option and return the choices that they see."""
        question = {"type": AUTOCOMPLETE, "command": name, "options": options, "focused": focused}
        seen = await self._ask(user, channel, question)
        choices: list[Payload] = seen["data"]["choices"]
        return choices

    async def use(self, user: int, message: Payload, custom_id: str, values: Sequence[str] = ()) -> Payload:
        """Let a person use a control under a message (a button, or a select with its `values`)."""
        kind = next(
            each["type"]
            for row in message["components"]
            for each in row["components"]
            if each["custom_id"] == custom_id
        )
        data: Payload = {"custom_id": custom_id, "component_type": kind}
        if kind != 2:
            data["values"] = list(values)
        return await self._ask(
            user, int(message["channel_id"]), {"type": COMPONENT, "data": data, "message": message["id"]}
        )

    async def _ask(self, user: int, channel: int, question: Payload) -> Payload:
        seen: Payload = await self._call("POST", "interactions", question | {"user": user, "channel": channel})
        return seen

    async def _call(self, method: str, path: str, body: Any = None, query: dict[str, str] | None = None) -> Any:
        url = f"{self.origin}/control/{path}"
        async with self.session.request(method, url, json={} if body is None else body, params=query) as response:
            assert response.status == 200, await response.text()
            return await response.json()


@contextmanager
def hosting() -> Iterator[str]:
    """Run the stand-in's process and give its address."""
    command = [sys.executable, "-m", "tests.wire"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"
        process.stdin.close()
        process.wait(timeout=10)


@asynccontextmanager
async def world(host: str, **settings: Any) -> AsyncIterator[StandIn]:
    """Open a world of its own at the host."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=300)) as session:
        async with session.post(f"{host}/control/worlds", json=settings) as response:
            port = (await response.json())["port"]
        here = StandIn(session, f"http://127.0.0.1:{port}", "")
        async with session.patch(f"{here.origin}/control/settings", json={}) as response:
            token = (await response.json())["token"]
        yield StandIn(session, here.origin, token)
