"""Bytes become text, whatever they are."""

import codecs
import re

from bot.reading.finding import Code, Finding, info, warning

MAX_BYTES = 8 * 1024 * 1024
"""The largest digest file that is read."""

_SAVE_AS_UTF8 = "Save the file as UTF-8."
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UTF16_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_INVISIBLE = dict.fromkeys(
    [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0x00AD,
        0x034F,
        0x180E,
        0xFEFF,
        0x2028,
        0x2029,
    ]
)
_PLAIN = {
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2043, 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-"),
    **dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x09], " "),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
}


def decode(raw: bytes) -> tuple[str, list[Finding]]:
    """Turn any bytes into text whose lines end in LF, without a byte order mark and control characters.

    UTF-8 is expected; UTF-16, CP949 and Latin-1 are recognised with a warning, and bytes that fit nothing are replaced.
    """
    findings: list[Finding] = []
    text = _characters(raw, findings)
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        findings.append(info(line, Code.LINE_ENDINGS, "lines end in CR LF", "Save the file with LF line endings."))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        findings.append(warning(line, Code.CONTROL_CHARACTER, "control characters were left out", "Delete them."))
        text = _CONTROL.sub("", text)
    return text, findings


def visible(text: str) -> str:
    """Leave out characters that have no width or turn the direction of writing."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def plain(text: str) -> str:
    """Return `text` for matching only: every kind of dash is `-`, every kind of space is one, nothing is invisible."""
    return text.replace("\t", " ") if text.isascii() else text.translate(_INVISIBLE).translate(_PLAIN)


def _characters(raw: bytes, findings: list[Finding]) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        findings.append(info(1, Code.BYTE_ORDER_MARK, "the file starts with a byte order mark", "Save it without one."))
        raw = raw.removeprefix(codecs.BOM_UTF8)
    if encoding := _utf16(raw):
        findings.append(warning(1, Code.ENCODING, "the file is UTF-16", _SAVE_AS_UTF8))
        return raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        return raw.decode()
    except UnicodeDecodeError as bad:
        line = raw.count(b"\n", 0, bad.start) + 1
        encoding = _legacy(raw)
        said = "bytes that are not UTF-8 were replaced" if encoding == "utf-8" else f"the file looks like {encoding}"
        findings.append(warning(line, Code.ENCODING, said, _SAVE_AS_UTF8))
        return raw.decode(encoding, errors="replace")


def _utf16(raw: bytes) -> str | None:
    """Recognise UTF-16 by its mark, or by a sample in which every other byte is nearly always NUL."""
    if encoding := _UTF16_BOMS.get(raw[:2]):
        return encoding
    sample = raw[:1024]
    half = len(sample) // 2
    if half >= 8 and sample[1::2].count(0) > half * 0.4 and sample[::2].count(0) < half * 0.05:
        return "utf-16-le"
    if half >= 8 and sample[::2].count(0) > half * 0.4 and sample[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return None


def _legacy(raw: bytes) -> str:
    """Choose the likeliest encoding of bytes that are not valid UTF-8."""
    bad = raw.decode(errors="replace").count("\ufffd")
    good = sum(not character.isascii() for character in raw.decode(errors="ignore"))
    if good > bad:
        return "utf-8"
    try:
        korean = raw.decode("cp949")
    except UnicodeDecodeError:
        return "utf-8" if good else "cp1252"
    foreign = [character for character in korean if not character.isascii()]
    hangul = sum("가" <= character <= "힣" for character in foreign)
    return "cp949" if hangul * 2 >= len(foreign) else "cp1252"
