"""Say things in a person's language."""

import datetime as dt
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po


class Words:
    """The bot's texts in one language.

    English text is the key and the fallback; braces in it are filled from keyword arguments. Every literal handed to a `Words` (or to
    `UserError`) is found by the test of the catalogues, so write the text where it is said.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = _catalog(language)

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate `message` and fill it."""
        return self.text(message).format(**values)

    def text(self, message: str, context: str | None = None) -> str:
        """Translate `message` and leave its braces as they are; the context `name` is that of commands and their options."""
        entry = self._catalog.get(message, context)
        return str(entry.string) if entry is not None and entry.string else message

    def count(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Translate the form that fits `n`, which fills `{n}`. Korean has one form: the translation of `many`."""
        return self(one if n == 1 and self.language == "en" else many, n=n, **values)

    def date(self, day: dt.date) -> str:
        """Write a date with its weekday, as people write it: `2023년 2월 28일 (화)`, `Tue, 28 Feb 2023`."""
        return format_date(day, "y년 M월 d일 (E)" if self.language == "ko" else "E, d MMM y", locale=self.language)

    def short_date(self, day: dt.date, *, year: bool) -> str:
        """Write a date for an axis: `2월 28일`, `28 Feb`, and with its year where that is new."""
        form = "M월 d일" if self.language == "ko" else "d MMM"
        with_year = f"y년 {form}" if self.language == "ko" else f"{form} y"
        return format_date(day, with_year if year else form, locale=self.language)

    def moment(self, instant: dt.datetime) -> str:
        """Write a date and time in the zone that `instant` carries."""
        form = "y년 M월 d일 (E) HH:mm" if self.language == "ko" else "E, d MMM y, HH:mm"
        return format_datetime(instant, form, locale=self.language)


@cache
def words(language: str) -> Words:
    """Return the texts of `language` (`ko`, `en`, or a Discord locale such as `en-US`); English where there are none."""
    return Words("ko" if language.split("-", maxsplit=1)[0] == "ko" else "en")


def _catalog(language: str) -> Catalog:
    path = files("bot.locales") / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    return read_po(BytesIO(path.read_bytes()), locale=language)
