"""`/status` and `/help`."""

from typing import Any

from discord import app_commands

from bot.chat.answers import Asked, answer, voice
from bot.chat.services import Services
from bot.cogs.overview import next_delivery
from bot.domain.post import Embed
from bot.domain.subscription import Destination, DestinationKind, Subscription
from bot.locales.words import Words
from bot.rendering.embeds import COLOUR
from bot.rendering.masthead import name
from bot.rendering.pieces import escape


class StatusCommands:
    """How the bot is, and what it can do."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.commands: tuple[app_commands.Command[Any, ..., Any], ...] = (
            app_commands.Command(
                name="status",
                description="Show the newest digest, the next delivery here, and whether all is well",
                callback=self.status,
            ),
            app_commands.Command(name="help", description="Show what I can do", callback=self.help),
        )

    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def status(self, interaction: Asked) -> None:
        """Show how things stand; the operator sees more."""
        say = voice(interaction)
        await self._services.library.refresh()
        lines = [self._newest(say), *await self._next(interaction, say), self._health(interaction, say)]
        if interaction.client.is_owner(interaction.user):
            lines += await self._for_the_owner(say)
        await answer(interaction, "\n".join(f"- {line}" for line in lines))

    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: Asked) -> None:
        """List every command with its description."""
        say = voice(interaction)
        tree = interaction.client.tree
        leaves = sorted(
            (leaf for leaf in tree.walk_commands() if isinstance(leaf, app_commands.Command)),
            key=lambda leaf: leaf.qualified_name,
        )
        lines = [f"**/{leaf.qualified_name}** — {say.text(leaf.description)}" for leaf in leaves]
        about = say(
            "I bring a digest of research papers every day, to channels and as direct messages, and remember every paper. "
            "Choose a paper in the list under a digest to read it."
        )
        await answer(
            interaction, embeds=(Embed(f"{about}\n\n" + "\n".join(lines), title=say("What I can do"), colour=COLOUR),)
        )

    def _newest(self, say: Words) -> str:
        newest = self._services.library.newest
        if newest is None:
            return say("There is no digest yet; the first one comes as soon as its author has written it.")
        count = say.count("{n} paper", "{n} papers", len(newest.papers))
        return say(
            "newest digest: {date}, {name}, {count}",
            date=say.date(newest.date),
            name=escape(name(newest, say)),
            count=count,
        )

    async def _next(self, interaction: Asked, say: Words) -> list[str]:
        here = await self._subscription(DestinationKind.CHANNEL, interaction.channel_id or 0)
        mine = await self._subscription(DestinationKind.USER, interaction.user.id)
        lines = []
        if here is not None and here.pause is not None:
            lines.append(say("⚠️ deliveries in this channel are paused: `/channel list` says why."))
        elif here is not None:
            lines.append(
                say("next delivery in this channel: {when}", when=await next_delivery(here, self._services, say))
            )
        if mine is not None and mine.pause is not None:
            lines.append(say("⚠️ deliveries to you are paused: `/dm status` says why."))
        elif mine is not None:
            lines.append(say("next delivery to you: {when}", when=await next_delivery(mine, self._services, say)))
        return lines or [say("nothing is subscribed here: `/channel subscribe` or `/dm subscribe` begins.")]

    async def _subscription(self, kind: DestinationKind, id_: int) -> Subscription | None:
        return await self._services.subscriptions.get(Destination(kind, id_))

    def _health(self, interaction: Asked, say: Words) -> str:
        latency = interaction.client.latency
        shown = f"{latency * 1000:.0f} ms" if latency < 60 else "–"
        return say("I am well; Discord answers in {latency}.", latency=shown)

    async def _for_the_owner(self, say: Words) -> list[str]:
        services = self._services
        subscriptions = await services.subscriptions.all()
        paused = sum(each.pause is not None for each in subscriptions)
        faulty = [reading for reading in services.library.readings.values() if reading.error is not None]
        tally = services.deliveries.fleet.tally
        return [
            say("running since {when}", when=say.moment(services.started_at.astimezone(services.settings.timezone))),
            say("{n} subscriptions, {paused} of them paused", n=len(subscriptions), paused=paused),
            say("{n} digests, {faulty} files with errors", n=len(services.library.digests), faulty=len(faulty)),
            say(
                "{sent} messages sent since then, {retried} attempts repeated, {repeated} perhaps sent twice, {refused} refusals",
                sent=tally.sent,
                retried=tally.retried,
                repeated=tally.repeated,
                refused=tally.refused,
            ),
        ]
