"""Settings come from one explicit place, and all that is wrong is told at once."""

import datetime as dt
from dataclasses import FrozenInstanceError
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import LogFormat, LogLevel, Settings, load_settings
from bot.domain.subscription import Language
from bot.errors import StartupError

NOWHERE = Path("no such file")

WRONG = {
    "DATABASE_URL": "mysql://someone:hunter2@host/name",
    "DISCORD_API_URL": "discord.com",
    "DELIVERY_TIME": "25:00",
    "TIMEZONE": "Mars/Olympus",
    "LANGUAGE": "fr",
    "POLL_SECONDS": "often",
    "REQUESTS_PER_SECOND": "0",
    "CATCH_UP_LIMIT": "-1",
    "HTTP_PORT": "70000",
    "ALERT_CHANNEL_ID": "general",
    "BLOG_URL": "ftp://blog",
    "LOG_LEVEL": "loud",
    "LOG_FORMAT": "xml",
}


def test_without_anything_the_documented_defaults_hold() -> None:
    settings = load_settings({}, NOWHERE)

    assert settings == Settings(
        discord_token=None,
        discord_api_url="https://discord.com/api/v10",
        digests_dir=Path("digests"),
        database_url="sqlite+aiosqlite:///data/bot.db",
        archive_path=Path("data/archive.db"),
        delivery_time=dt.time(9),
        timezone=ZoneInfo("Asia/Seoul"),
        language=Language.KOREAN,
        poll_seconds=15,
        requests_per_second=48,
        catch_up_limit=3,
        http_host="127.0.0.1",
        http_port=None,
        alert_channel_id=None,
        blog_url=None,
        log_level=LogLevel.INFO,
        log_format=LogFormat.TEXT,
    )


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TIMEZONE=Europe/Berlin\nDELIVERY_TIME=7:30\n# a comment\n", encoding="utf8")

    settings = load_settings({"TIMEZONE": "America/New_York"}, tmp_path / ".env")

    assert settings.timezone == ZoneInfo("America/New_York")
    assert settings.delivery_time == dt.time(7, 30)


def test_an_empty_value_counts_as_unset(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=\nLANGUAGE=en\n", encoding="utf8")

    settings = load_settings({"LANGUAGE": " ", "BLOG_URL": ""}, tmp_path / ".env")

    assert settings.http_port is None
    assert settings.language is Language.ENGLISH
    assert settings.blog_url is None


def test_every_wrong_setting_has_its_line() -> None:
    with pytest.raises(StartupError) as raised:
        load_settings(WRONG, NOWHERE)

    lines = str(raised.value).splitlines()
    assert raised.value.exit_code == 2
    assert {line.split()[0] for line in lines} == set(WRONG)
    assert all("expected" in line for line in lines)
    assert "TIMEZONE is 'Mars/Olympus': expected a zone's IANA name such as Asia/Seoul" in lines


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("POLL_SECONDS", " 3600 ", 3600),
        ("REQUESTS_PER_SECOND", ".5", 0.5),
        ("HTTP_PORT", "65535", 65535),
        ("ALERT_CHANNEL_ID", "9223372036854775807", 2**63 - 1),
        ("BLOG_URL", "https://blog.example/papers/", "https://blog.example/papers"),
        ("DISCORD_API_URL", "http://[::1]:8080/api/v10", "http://[::1]:8080/api/v10"),
        ("LOG_LEVEL", "DEBUG", LogLevel.DEBUG),
        ("ARCHIVE_PATH", "some where/a.db", Path("some where/a.db")),
    ],
)
def test_a_right_setting_becomes_a_value(name: str, text: str, value: object) -> None:
    settings = load_settings({name: text}, NOWHERE)

    assert getattr(settings, name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("POLL_SECONDS", "0"),
        ("POLL_SECONDS", "3601"),
        ("POLL_SECONDS", "1_0"),
        ("POLL_SECONDS", "15.5"),
        ("REQUESTS_PER_SECOND", "nan"),
        ("REQUESTS_PER_SECOND", "inf"),
        ("ALERT_CHANNEL_ID", "0"),
        ("ALERT_CHANNEL_ID", "9" * 5000),
        ("BLOG_URL", "https://"),
        ("BLOG_URL", "https://blog example"),
        ("BLOG_URL", "http://blog:port"),
        ("BLOG_URL", "http://[blog"),
        ("TIMEZONE", "../etc"),
        ("DELIVERY_TIME", "9"),
    ],
)
def test_a_setting_just_beside_what_is_allowed_is_wrong(name: str, text: str) -> None:
    with pytest.raises(StartupError, match=f"^{name} is .*: expected"):
        load_settings({name: text}, NOWHERE)


def test_a_secret_is_never_repeated() -> None:
    with pytest.raises(StartupError) as raised:
        load_settings(WRONG, NOWHERE)
    settings = load_settings({"DISCORD_TOKEN": "very-secret"}, NOWHERE)

    assert "hunter2" not in str(raised.value)
    assert "very-secret" not in repr(settings) + str(settings)
    assert settings.discord_token is not None
    assert settings.discord_token.value == "very-secret"


def test_settings_do_not_change_underway() -> None:
    settings = load_settings({}, NOWHERE)

    with pytest.raises(FrozenInstanceError):
        settings.poll_seconds = 1  # type: ignore[misc]  # what the test is about
