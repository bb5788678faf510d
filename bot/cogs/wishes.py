"""What a subscriber asked for: read from a command's options, and said in words."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.cogs.options import shown
from bot.domain.subscription import Days, Language, Style, Subscription
from bot.domain.topics import Topics
from bot.errors import UserError
from bot.locales.words import Words

EVERYTHING = "*"
"""Keywords that let every paper through."""
LANGUAGES: Sequence[Choice[str]] = [
    Choice(name=locale_str("Korean"), value=Language.KOREAN.value),
    Choice(name=locale_str("English"), value=Language.ENGLISH.value),
]
STYLES: Sequence[Choice[str]] = [
    Choice(name=locale_str("full: every paper whole"), value=Style.FULL.value),
    Choice(name=locale_str("compact: title and first point"), value=Style.COMPACT.value),
    Choice(name=locale_str("titles: a list of titles"), value=Style.TITLES.value),
]
DAYS: Sequence[Choice[str]] = [
    Choice(name=locale_str("every day"), value=Days.DAILY.value),
    Choice(name=locale_str("Monday to Friday"), value=Days.WEEKDAYS.value),
    Choice(name=locale_str("Saturday and Sunday"), value=Days.WEEKENDS.value),
    Choice(name=locale_str("Mondays"), value=Days.MONDAY.value),
    Choice(name=locale_str("Tuesdays"), value=Days.TUESDAY.value),
    Choice(name=locale_str("Wednesdays"), value=Days.WEDNESDAY.value),
    Choice(name=locale_str("Thursdays"), value=Days.THURSDAY.value),
    Choice(name=locale_str("Fridays"), value=Days.FRIDAY.value),
    Choice(name=locale_str("Saturdays"), value=Days.SATURDAY.value),
    Choice(name=locale_str("Sundays"), value=Days.SUNDAY.value),
]
KeywordsOption = app_commands.Range[str, 1, 200]
Command = TypeVar("Command", bound=Callable[..., Any])


def wishes_described(command: Command) -> Command:
    """Describe the options that every subscribe command has, and offer their choices."""
    describe = app_commands.describe(
        time="Time of day, as HH:MM",
        timezone="Time zone of that time; type a city",
        keywords="Topics separated by commas; -word excludes, “…” keeps words together, * means everything",
        style="How much of each paper to show",
        days="On which days",
        language="Language of the text around the papers",
        send_now="Send the newest digest at once",
    )
    choose = app_commands.choices(style=list(STYLES), days=list(DAYS), language=list(LANGUAGES))
    return choose(describe(command))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of a subscribe command; None where one was not given."""

    time: dt.time | None = None
    zone: ZoneInfo | None = None
    keywords: str | None = None
    style: str | None = None
    days: str | None = None
    language: str | None = None
    role: discord.Role | None = None

    def applied(self, subscription: Subscription) -> Subscription:
        """Return the subscription with what was given, the rest as it was. Raises UserError for keywords without a word."""
        wished: dict[str, Any] = {"time": self.time, "zone": self.zone}
        wished["style"] = None if self.style is None else Style(self.style)
        wished["days"] = None if self.days is None else Days(self.days)
        wished["language"] = None if self.language is None else Language(self.language)
        wished["keywords"] = None if self.keywords is None else topic_filter(self.keywords)
        changed = replace(subscription, **{name: value for name, value in wished.items() if value is not None})
        if self.role is None:
            return changed
        return replace(changed, role_id=None if self.role.is_default() else self.role.id)


def topic_filter(keywords: str) -> str:
    """Return a topic filter as it is kept: empty for `*`. Raises UserError where there is no word in it."""
    text = " ".join(keywords.split())
    if text == EVERYTHING:
        return ""
    topics = Topics.parse(text)
    if not topics.alternatives and not topics.unwanted:
        raise UserError(
            "There is no word to look for in “{text}”. Write topics separated by commas, for example: "
            "언어 모델, diffusion -video. A single * lets every paper through.",
            text=shown(keywords),
        )
    return text


def described(subscription: Subscription, say: Words) -> str:
    """Say what a subscription asks for, in one line."""
    parts = [
        f"{subscription.time:%H:%M} ({subscription.zone.key})",
        say(_DAYS[subscription.days]),
        say(_STYLES[subscription.style]),
    ]
    parts.append(
        say("topics: {keywords}", keywords=shown(subscription.keywords)) if subscription.keywords else say("all papers")
    )
    if subscription.role_id is not None:
        parts.append(say("mentions {role}", role=f"<@&{subscription.role_id}>"))
    parts.append(say("in Korean") if subscription.language is Language.KOREAN else say("in English"))
    return " · ".join(parts)


_DAYS = {
    Days.DAILY: "every day",
    Days.WEEKDAYS: "Monday to Friday",
    Days.WEEKENDS: "Saturday and Sunday",
    Days.MONDAY: "Mondays",
    Days.TUESDAY: "Tuesdays",
    Days.WEDNESDAY: "Wednesdays",
    Days.THURSDAY: "Thursdays",
    Days.FRIDAY: "Fridays",
    Days.SATURDAY: "Saturdays",
    Days.SUNDAY: "Sundays",
}
_STYLES = {Style.FULL: "papers whole", Style.COMPACT: "titles and first points", Style.TITLES: "titles only"}


def language_of_server(interaction: discord.Interaction[Any], default: Language) -> Language:
    """Return a server's language. American English says nothing: it is what Discord gives a server that never chose."""
    locale = interaction.guild_locale
    if locale is None or locale is discord.Locale.american_english:
        return default
    return _language(locale, default)


def language_of_person(interaction: discord.Interaction[Any], default: Language) -> Language:
    """Return the language of a person's client, if the bot speaks it."""
    return _language(interaction.locale, default)


def _language(locale: discord.Locale, default: Language) -> Language:
    spoken = locale.value.split("-", maxsplit=1)[0]
    return Language(spoken) if spoken in set(Language) else default
