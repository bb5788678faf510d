"""What reading a digest finds worth telling its author."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The digest cannot be delivered until it is mended."""
    WARNING = "warning"
    """Something was read differently from what the author may have meant."""
    INFO = "info"
    """Worth knowing; nothing is wrong."""


class Code(StrEnum):
    """The stable names of findings."""

    NO_DATE = "D001"
    DATES_DISAGREE = "D002"
    NUMBER_GAP = "D003"
    NUMBER_REPEATED = "D004"
    EMPTY_PAPER = "D005"
    NO_LINK = "D006"
    PAPER_REPEATED = "D007"
    NO_PAPERS = "D008"
    FRONT_MATTER_BROKEN = "D009"
    FRONT_MATTER_OPEN = "D010"
    DATE_UNREADABLE = "D011"
    ENCODING = "D012"
    TOO_LARGE = "D013"
    UNREADABLE_FILE = "D014"
    TOO_LONG = "D015"
    BROKEN_EMPHASIS = "D016"
    MASKED_LINK = "D017"
    MENTION = "D018"
    SEEN_EARLIER = "D019"
    BYTE_ORDER_MARK = "D020"
    LINE_ENDINGS = "D021"
    TRAILING_SPACE = "D022"
    FENCE_OPEN = "D023"
    HEADING_WITHOUT_SPACE = "D024"
    DEAD_LINK = "D025"
    CONTROL_CHARACTER = "D026"
    SAME_DATE = "D028"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing about one place of a file."""

    line: int
    """Counts from 1."""
    column: int
    """Counts from 1."""
    code: Code
    severity: Severity
    message: str
    remedy: str
    """What the author can do; empty where there is nothing to do."""


def error(line: int, code: Code, message: str, remedy: str = "", *, column: int = 1) -> Finding:
    """Make a finding that keeps the digest from being delivered."""
    return Finding(line, column, code, Severity.ERROR, message, remedy)


def warning(line: int, code: Code, message: str, remedy: str = "", *, column: int = 1) -> Finding:
    """Make a finding that the author should look at."""
    return Finding(line, column, code, Severity.WARNING, message, remedy)


def info(line: int, code: Code, message: str, remedy: str = "", *, column: int = 1) -> Finding:
    """Make a finding that is only worth knowing."""
    return Finding(line, column, code, Severity.INFO, message, remedy)
