"""Syllables as the keys that type them, and back."""

from collections.abc import Iterable

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_PARTS = {
    **dict(zip("ㅘㅙㅚㅝㅞㅟㅢ", ("ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"), strict=True)),
    **dict(
        zip(
            "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
            ("ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"),
            strict=True,
        )
    ),
}
_WHOLE = {parts: whole for whole, parts in _PARTS.items()}

_KEYS = dict(
    zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", "qwertyuiopasdfghjklzxcvbnm", strict=True)
) | dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP", strict=True))
_LETTERS = {letter: key for key, letter in _KEYS.items()}


def is_syllable(character: str) -> bool:
    """Tell whether a character is a whole syllable."""
    return "가" <= character <= "힣"


def is_letter(character: str) -> bool:
    """Tell whether a character is a lone consonant or vowel, as left by typing half a syllable."""
    return "ㄱ" <= character <= "ㅣ"


def strokes(text: str) -> str:
    """Return the letters that type a text on the two-set keyboard, compound vowels and finals as their two strokes.

    What is typed so far is then a prefix of what is being typed: `모ㄷ` of `모델`, `고` of `과`.
    """
    return "".join(part for character in text for letter in _letters(character) for part in _PARTS.get(letter, letter))


def initials(text: str) -> str:
    """Return the first consonant of each syllable: `강화 학습` is `ㄱㅎㅎㅅ`."""
    return "".join(_letters(character)[0] for character in text if is_syllable(character))


def from_latin_keys(text: str) -> str:
    """Return what the keys that typed this Latin text give on the Korean layout: `ghksrkr` is `환각`."""
    return composed(_LETTERS.get(key) or _LETTERS.get(key.lower(), key) for key in text)


def to_latin_keys(text: str) -> str:
    """Return what the keys that typed this Korean text give on the Latin layout: `ㅣㅣㅡ` is `llm`."""
    return "".join(_KEYS.get(letter, letter) for letter in strokes(text)).lower()


def composed(letters: Iterable[str]) -> str:
    """Put strokes together into syllables, the way an input method does."""
    out: list[str] = []
    initial = vowel = final = ""
    for letter in letters:
        if letter in _VOWELS:
            if final:  # the last final turns out to begin this syllable
                kept, moved = _split(final)
                out.append(_syllable(initial, vowel, kept))
                initial, vowel, final = moved, letter, ""
            elif initial and not vowel:
                vowel = letter
            elif initial and vowel + letter in _WHOLE:
                vowel = _WHOLE[vowel + letter]
            else:
                out.append(_syllable(initial, vowel, final) + letter)
                initial = vowel = ""
        elif vowel and not final and letter in _FINALS:
            final = letter
        elif final and final + letter in _WHOLE:
            final = _WHOLE[final + letter]
        else:
            out.append(_syllable(initial, vowel, final))
            initial, vowel, final = (letter, "", "") if letter in _INITIALS else ("", "", "")
            if not initial:
                out.append(letter)
    return "".join([*out, _syllable(initial, vowel, final)])


def _split(final: str) -> tuple[str, str]:
    parts = _PARTS.get(final, final)
    return (parts[0], parts[1]) if len(parts) == 2 else ("", parts)


def _syllable(initial: str, vowel: str, final: str) -> str:
    if not initial or not vowel:
        return initial + vowel + final
    return chr(ord("가") + (_INITIALS.index(initial) * 21 + _VOWELS.index(vowel)) * 28 + _FINALS.index(final))


def _letters(character: str) -> str:
    if not is_syllable(character):
        return character
    rest, final = divmod(ord(character) - ord("가"), 28)
    initial, vowel = divmod(rest, 21)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
