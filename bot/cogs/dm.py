"""`/dm`: the digest as a direct message."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from discord import app_commands
from discord.app_commands import Transform

from bot.chat.answers import Asked, answer, answer_lines, voice
from bot.chat.services import Services
from bot.cogs import sending
from bot.cogs.options import TimeOption, ZoneOption
from bot.cogs.overview import next_delivery, overview
from bot.cogs.reasons import reason, remedy
from bot.cogs.topics import time_machine
from bot.cogs.wishes import KeywordsOption, Wishes, described, language_of_person, wishes_described
from bot.domain.delivery import Refused
from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Subscription
from bot.errors import UserError
from bot.locales.words import Words, words


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class DmCommands(app_commands.Group, name="dm", description="The daily digest as a direct message to you"):
    """Commands about one's own subscription."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @app_commands.command(
        name="subscribe", description="Get the daily digest as a direct message, or change how you get it"
    )
    @wishes_described
    async def subscribe(
        self,
        interaction: Asked,
        time: Transform[dt.time, TimeOption] | None = None,
        timezone: Transform[ZoneInfo, ZoneOption] | None = None,
        keywords: KeywordsOption | None = None,
        style: str | None = None,
        days: str | None = None,
        language: str | None = None,
        send_now: bool = False,
    ) -> None:
        """Open the direct messages and make a subscription, or change what is given of the one there is."""
        say = voice(interaction)
        wishes = Wishes(time=time, zone=timezone, keywords=keywords, style=style, days=days, language=language)
        await interaction.response.defer(ephemeral=True, thinking=True)
        before = await self._services.subscriptions.get(self._destination(interaction))
        subscription = wishes.applied(before or self._first(interaction))
        if before is None or before.pause is not None:
            subscription = await self._opened(subscription, say)
        await self._services.subscriptions.put(subscription)
        lines = [
            say("✅ You get the daily digest as a direct message; a first one is there already, to see that it works.")
            if before is None or before.pause is not None
            else say("✅ Your subscription is now:"),
            described(subscription, say),
            say("Next delivery: {when}", when=await next_delivery(subscription, self._services, say)),
        ]
        lines += await time_machine(subscription, self._services, say)
        if send_now:
            lines.append(sending.said(await self._services.deliveries.send_now(subscription), subscription, say))
        await answer_lines(interaction, lines)

    @app_commands.command(name="unsubscribe", description="Get no more digests as direct messages")
    async def unsubscribe(self, interaction: Asked) -> None:
        """End one's subscription; what was delivered stays remembered."""
        say = voice(interaction)
        if not await self._services.subscriptions.remove(self._destination(interaction)):
            raise UserError("You have no subscription. `/dm subscribe` begins one.")
        await answer(interaction, say("You get no more digests as direct messages. `/dm subscribe` begins again."))

    @app_commands.command(name="status", description="Show your subscription, what comes next, and what is wrong")
    async def status(self, interaction: Asked) -> None:
        """Show one's subscription."""
        say = voice(interaction)
        subscription = await self._services.subscriptions.get(self._destination(interaction))
        if subscription is None:
            await answer(interaction, say("You get no digest as a direct message yet. `/dm subscribe` begins."))
            return
        lines = [f"- {line}" for line in await overview(subscription, self._services, say)]
        await answer(interaction, "\n".join([say("Your direct messages:"), *lines]))

    async def _opened(self, subscription: Subscription, say: Words) -> Subscription:
        """Open the direct messages, write the first one, and return the subscription that leads there.

        Raises UserError if they are closed.
        """
        channel_id = await self._services.messenger.open_dm(subscription.destination.id)
        if isinstance(channel_id, Refused):
            raise _closed(channel_id, say)
        opened = replace(subscription, channel_id=channel_id, pause=None)
        own = words(subscription.language)
        greeting = own(
            "Hello! From now on the daily paper digest arrives here: {wishes}. "
            "Change it with `/dm subscribe`, end it with `/dm unsubscribe`.",
            wishes=described(opened, own),
        )
        refused = await self._services.messenger.say(channel_id, greeting)
        if refused is not None:
            raise _closed(refused, say)
        return opened

    def _first(self, interaction: Asked) -> Subscription:
        settings = self._services.settings
        return Subscription(
            self._destination(interaction),
            0,  # not known before the direct messages are open
            ChannelKind.DM,
            None,
            settings.delivery_time,
            settings.timezone,
            self._services.clock.now(),
            language=language_of_person(interaction, settings.language),
        )

    @staticmethod
    def _destination(interaction: Asked) -> Destination:
        return Destination(DestinationKind.USER, interaction.user.id)


def _closed(refused: Refused, say: Words) -> UserError:
    return UserError("{reason} {remedy}", reason=reason(refused.refusal, say), remedy=remedy(refused.refusal, say))
