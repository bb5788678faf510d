"""`/healthz`, `/readyz` and `/metrics` for whoever watches the bot."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.delivery.courier import Tally
from bot.errors import StartupError

DESCRIPTIONS = {
    "sent": "Messages delivered",
    "recovered": "Messages of unknown outcome that the channel's history showed to have arrived",
    "repeated": "Messages sent again although they may have arrived",
    "refused": "Deliveries that a destination refused",
    "rejected": "Messages that Discord found invalid",
    "retried": "Attempts of unknown outcome",
    "corrected": "Messages edited because their digest was",
    "published": "Messages handed on to the followers of an announcement channel",
}


@dataclass(frozen=True, slots=True)
class Health:
    """What can be seen from outside."""

    tally: Tally
    is_ready: Callable[[], bool]
    digests: Callable[[], int]

    @asynccontextmanager
    async def serve(self, host: str, port: int) -> AsyncIterator[None]:
        """Answer on `host:port` while the context lasts.

        Raises StartupError if the address can't be had.
        """
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise StartupError(f"HTTP_HOST and HTTP_PORT name {host}:{port}, which can't be used: {error}.") from error
        try:
            yield
        finally:
            await runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        return web.Response(text="ready\n") if self.is_ready() else web.Response(text="not ready\n", status=503)

    async def _metrics(self, _: web.Request) -> web.Response:
        registry = CollectorRegistry()
        registry.register(_Metrics(self))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": "text/plain; version=0.0.4"})


class _Metrics(Collector):
    def __init__(self, health: Health) -> None:
        self.health = health

    def collect(self) -> Iterable[Metric]:
        for name, value in asdict(self.health.tally).items():
            yield CounterMetricFamily(f"paper_digest_{name}", DESCRIPTIONS[name], value=value)
        yield GaugeMetricFamily("paper_digest_ready", "1 while the gateway is connected", value=self.health.is_ready())
        yield GaugeMetricFamily("paper_digest_digests", "Digests that can be delivered", value=self.health.digests())
