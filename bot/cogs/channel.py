"""`/channel`: a server's subscriptions."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Transform

from bot.chat.answers import Asked, answer, answer_lines, voice
from bot.chat.services import Services
from bot.cogs import preflight, sending
from bot.cogs.options import Place, PlaceOption, TimeOption, ZoneOption, place_of
from bot.cogs.overview import next_delivery, overview
from bot.cogs.topics import time_machine
from bot.cogs.wishes import KeywordsOption, Wishes, described, language_of_server, wishes_described
from bot.domain.subscription import Destination, DestinationKind, Subscription
from bot.errors import UserError
from bot.locales.words import Words

MOST = 100
"""Subscriptions of one server."""


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class ChannelCommands(app_commands.Group, name="channel", description="Daily digests in this server's channels"):
    """Commands of those who manage a server.

    Each checks it too: `default_permissions` only proposes, and a server can give a command to anybody.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.command(
        name="subscribe", description="Post the daily digest in a channel, or change how it is posted there"
    )
    @wishes_described
    @app_commands.describe(
        channel="Where to post; this channel if you choose none", role="A role to notify; @everyone means nobody"
    )
    async def subscribe(
        self,
        interaction: Asked,
        channel: Transform[Place, PlaceOption] | None = None,
        time: Transform[dt.time, TimeOption] | None = None,
        timezone: Transform[ZoneInfo, ZoneOption] | None = None,
        keywords: KeywordsOption | None = None,
        style: str | None = None,
        days: str | None = None,
        role: discord.Role | None = None,
        language: str | None = None,
        send_now: bool = False,
    ) -> None:
        """Make a subscription, or change what is given of the one there is."""
        say = voice(interaction)
        if interaction.is_user_integration() and not interaction.is_guild_integration():
            raise UserError("I am not a member of this server. Add me to it first, then use this command once more.")
        place = channel or place_of(interaction)
        wishes = Wishes(
            time=time, zone=timezone, keywords=keywords, style=style, days=days, role=role, language=language
        )
        warnings = (*preflight.require(place, say), *preflight.about_role(role, place, say))
        await interaction.response.defer(ephemeral=True, thinking=True)
        before, subscription = await self._subscribed(interaction, place, wishes)
        await self._services.subscriptions.put(subscription)
        lines = [
            _heading(before, place, say),
            described(subscription, say),
            say("Next delivery: {when}", when=await next_delivery(subscription, self._services, say)),
            *(f"⚠️ {warning}" for warning in warnings),
        ]
        lines += await time_machine(subscription, self._services, say)
        if send_now:
            lines.append(sending.said(await self._services.deliveries.send_now(subscription), subscription, say))
        await answer_lines(interaction, lines)

    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.command(name="unsubscribe", description="Post no more digests in a channel")
    @app_commands.describe(channel="Which channel; this one if you choose none")
    async def unsubscribe(self, interaction: Asked, channel: Transform[Place, PlaceOption] | None = None) -> None:
        """End a subscription; what was delivered stays remembered."""
        say = voice(interaction)
        place_id = channel.id if channel else interaction.channel_id
        if not await self._services.subscriptions.remove(Destination(DestinationKind.CHANNEL, place_id or 0)):
            raise UserError(
                "{channel} is not subscribed. `/channel list` shows the channels that are.", channel=f"<#{place_id}>"
            )
        await answer(
            interaction,
            say("<#{channel}> gets no more digests. `/channel subscribe` begins again.", channel=place_id),
        )

    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.command(
        name="list", description="Show this server's subscriptions, what comes next, and what is wrong"
    )
    async def list(self, interaction: Asked) -> None:
        """Show each subscription."""
        say = voice(interaction)
        subscriptions = await self._services.subscriptions.of_guild(interaction.guild_id or 0)
        if not subscriptions:
            await answer(interaction, say("No channel of this server is subscribed yet. `/channel subscribe` begins."))
            return
        lines = []
        for subscription in subscriptions:
            lines.append(f"**<#{subscription.destination.id}>**")
            lines += [f"- {line}" for line in await overview(subscription, self._services, say)]
        await answer_lines(interaction, lines)

    async def _subscribed(
        self, interaction: Asked, place: Place, wishes: Wishes
    ) -> tuple[Subscription | None, Subscription]:
        """Return a channel's subscription as it was and as it is wished."""
        settings, destination = self._services.settings, Destination(DestinationKind.CHANNEL, place.id)
        before = await self._services.subscriptions.get(destination)
        guild_id = interaction.guild_id or 0
        if before is None and len(await self._services.subscriptions.of_guild(guild_id)) >= MOST:
            raise UserError(
                "This server has {n} subscriptions, and more are not possible. End one with `/channel unsubscribe`.",
                n=MOST,
            )
        start = before or Subscription(
            destination,
            place.id,
            place.kind,
            guild_id,
            settings.delivery_time,
            settings.timezone,
            self._services.clock.now(),
            language=language_of_server(interaction, settings.language),
        )
        return before, wishes.applied(replace(start, channel_kind=place.kind, pause=None))


def _heading(before: Subscription | None, place: Place, say: Words) -> str:
    where: dict[str, Any] = {"channel": f"<#{place.id}>"}
    if before is None:
        return say("✅ {channel} gets the daily digest.", **where)
    if before.pause is not None:
        return say("✅ {channel} is served again.", **where)
    return say("✅ The subscription of {channel} is now:", **where)
