"""The stand-in as one web application."""

import asyncio
import time

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.wire.answers import ARRIVED, answer
from tests.wire.control import Control
from tests.wire.errors import ApiError, unauthorized
from tests.wire.faults import Chaos, Fault
from tests.wire.gateway import Gateway
from tests.wire.interactions import Interactions
from tests.wire.invocation import CannotTypeError
from tests.wire.limits import Limits
from tests.wire.rest import Rest
from tests.wire.truth import Request, Settings, World

ROOT = "/api/v10"


class Host:
    """Worlds side by side, each at a port of its own; `/control/worlds` of any of them opens another."""

    def __init__(self) -> None:
        self._runners: list[web.AppRunner] = []

    async def open(self, settings: Settings) -> int:
        """Open a world and return its port."""
        app = StandInServer(settings).application()
        app.router.add_post("/control/worlds", self._another)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    async def close(self) -> None:
        """End them all."""
        await asyncio.gather(*(runner.cleanup() for runner in self._runners))

    async def _another(self, request: web.Request) -> web.Response:
        return answer({"port": await self.open(Settings(**await request.json()))})


class StandInServer:
    """A Discord of our own."""

    def __init__(self, settings: Settings) -> None:
        self.world = World(settings)
        self.limits = Limits(settings)
        self.faults: list[Fault] = []
        self.chaos = Chaos(self.world.settings)
        self.gateway = Gateway(self.world)
        self.interactions = Interactions(self.world, self.gateway)

    def application(self) -> web.Application:
        """Return the application to serve."""
        app = web.Application(middlewares=[self._api])
        app.add_routes(Rest(self.world, self.limits).routes(ROOT))
        app.add_routes(self.interactions.routes(ROOT))
        app.add_routes(Control(self.world, self.gateway, self.interactions, self.faults).routes())
        app.router.add_get("/gateway", self.gateway.serve)
        return app

    @web.middleware
    async def _api(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(ROOT):
            return await _controlled(request, handler)
        entry = Request(time.monotonic(), request.method, request.path.removeprefix(ROOT))
        self.world.requests.append(entry)
        request[ARRIVED] = entry.at
        await self.world.touch()
        try:
            await request.read()  # what has arrived has its effect, even if whoever sent it is killed meanwhile
        except ConnectionError:
            return answer({}, status=400)
        response = await self._answer(request, handler, entry.path)
        entry.status = response.status
        await self.world.touch()
        return response

    async def _answer(self, request: web.Request, handler: Handler, path: str) -> web.StreamResponse:
        is_paced = not path.startswith(("/interactions/", "/webhooks/"))
        if is_paced:
            limited = self.limits.admit()
            if limited is not None:
                return answer(limited.body(), limited.headers(), status=429)
        await asyncio.sleep(self.world.settings.latency / 2)
        fault = next((each for each in self.faults if each.strikes(request.method, path)), None)
        fault = fault or self.chaos.strike(request.method, path)
        if fault is not None and fault.when == "before":
            misbehaviour = await fault.strike(request)
            if misbehaviour is not None:
                return misbehaviour
        response = await self._effect(request, handler, is_paced=is_paced)
        await asyncio.sleep(self.world.settings.latency / 2)
        if fault is not None and fault.when == "after":
            return await fault.strike(request) or response
        return response

    async def _effect(self, request: web.Request, handler: Handler, *, is_paced: bool) -> web.StreamResponse:
        try:
            if is_paced and request.headers.get("Authorization") != f"Bot {self.world.settings.token}":
                raise unauthorized()
            return await handler(request)
        except ApiError as error:
            return answer(error.payload(), status=error.status)


async def _controlled(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except CannotTypeError as mistake:
        return answer({"mistake": str(mistake)}, status=422)
