"""Text as search and topics see it: one normal form, one way to cut it into tokens."""

import re
import unicodedata
from collections.abc import Iterator

_HANGUL = "가-힣"
_LATIN = "a-z0-9"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_JAMO = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\ud7b0-\ud7ff"
_RUN = re.compile(
    rf"[{_HANGUL}]+|[{_LATIN}]+(?:\.[0-9]+)?|[{_IDEOGRAPHS}]+|[^\W_{_HANGUL}{_LATIN}{_IDEOGRAPHS}{_JAMO}]+"
)
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+")


def composed(text: str) -> str:
    """Return `text` in NFC: macOS writes file names and some editors write text with Hangul taken apart."""
    return unicodedata.normalize("NFC", text)


def normal(text: str) -> str:
    """Return `text` composed, with compatibility forms (full width, ligatures) resolved, lower-case, Latin letters without accents.

    NFC goes first: NFKC turns a lone ㄱ (U+3131) into a conjoining jamo, so whoever looks for lone jamo looks before this.
    """
    text = unicodedata.normalize("NFKC", composed(text)).lower()
    return text if text.isascii() else _ACCENTED.sub(_bare, text)


def runs(text: str) -> list[str]:
    """Cut text into words of one script each: `GPT-4의 언어모델` becomes `gpt`, `4`, `의`, `언어모델`. Numbers keep their decimals."""
    return _RUN.findall(normal(text))


def tokens(text: str) -> list[str]:
    """Cut text into what is indexed: Latin words, and the overlapping pairs of syllables of each Hangul word.

    Pairs find a word inside a compound and before a particle without a dictionary. A lone syllable stays itself.
    """
    return [token for run in runs(text) for token in pairs(run)]


def pairs(run: str) -> Iterator[str]:
    """Yield the tokens of one run."""
    if len(run) < 3 or not is_syllabic(run):
        yield run
        return
    for start in range(len(run) - 1):
        yield run[start : start + 2]


def is_hangul(run: str) -> bool:
    """Tell whether a run is Korean."""
    return "가" <= run[0] <= "힣"


def is_syllabic(run: str) -> bool:
    """Tell whether a run is of a script whose characters are indexed in pairs: Hangul, kana, Chinese characters."""
    return is_hangul(run) or "\u3040" <= run[0] <= "\u9fff"


def without_addresses(text: str) -> str:
    """Drop web addresses, whose words are not the text's own."""
    return _ADDRESS.sub(" ", text)


def _bare(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", match[0])[0]
