"""What a picture of trends shows, with every text in it ready: drawing knows no language."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: int
    """A week's place, or a number of papers."""
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """A term's line."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn."""

    title: str
    series: tuple[Series, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    """From 0 to the top of the picture."""

    def dumps(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loads(cls, text: str | bytes) -> "Chart":
        """Read it from JSON."""
        raw = json.loads(text)
        series = tuple(Series(each["label"], tuple(each["counts"])) for each in raw["series"])
        across, up = (tuple(Tick(**each) for each in raw[axis]) for axis in ("across", "up"))
        return cls(raw["title"], series, across, up)
