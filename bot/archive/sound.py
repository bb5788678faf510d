"""How a word sounds, by its consonants alone: enough to tell which English word a Korean spelling stands for."""

import re

from bot.archive.hangul import strokes

_KOREAN = str.maketrans(
    {
        **dict.fromkeys("ㄱㅋㄲ", "k"),
        **dict.fromkeys("ㄷㅌㄸ", "t"),
        **dict.fromkeys("ㅂㅍㅃ", "p"),
        **dict.fromkeys("ㅅㅆㅈㅊㅉ", "s"),
        **dict.fromkeys("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ", None),
        "ㄴ": "n",
        "ㄹ": "l",
        "ㅁ": "m",
        "ㅎ": "h",
    }
)
_SILENT = re.compile("ㅇ(?=[ㅏ-ㅣ])")
_LATIN = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^x", "s"),
        (r"^(?:wr|rh)", "r"),
        (r"^(?:kn|gn)", "n"),
        (r"ign", "in"),
        (r"ng(?![aeiouylr])", "n"),
        (r"(?:ti|si|ssi|ci)on", "sn"),
        (r"(?:ti|ci|si)a", "sa"),
        (r"tu(?=r|a)", "su"),
        (r"re$", ""),
        (r"t?ch|tj|dge?(?=$|[^aeiouy])|g(?=[eiy])|j|z|sch|sh|th", "s"),
        (r"ph|v|f|b", "p"),
        (r"c(?=[eiy])", "s"),
        (r"qu?|ck|c|g", "k"),
        (r"x", "ks"),
        (r"d", "t"),
        (r"r(?![aeiouy])", ""),
        (r"r", "l"),
        (r"(?<!^)h|w|y|[aeiou]", ""),
    )
]
"""Spellings and what is heard of them, applied one after the other. All hisses are one: ㅅ and ㅈ are written for the same letters."""

_DOUBLED = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """Return the consonants of a Korean or English word as Koreans hear them: `quantization` and `퀀타이제이션` are both `kntssn`."""
    if "가" <= word[0] <= "힣":
        heard = _SILENT.sub("", strokes(word)).replace("ㅇ", "n").translate(_KOREAN)
    else:
        heard = word
        for pattern, replacement in _LATIN:
            heard = pattern.sub(replacement, heard)
    return _DOUBLED.sub(r"\1", heard)
