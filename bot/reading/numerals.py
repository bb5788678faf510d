"""Numbers as Chinese writes them, where they count parts and papers."""

import re
from typing import Final

_DIGITS: Final = "一二三四五六七八九"
_NUMERAL: Final = f"[{_DIGITS}十]{{1,3}}"
NUMBERS: Final = {
    f"{tens}{ten}{one}": n * 10 + at
    for n, (tens, ten) in enumerate((("", ""), ("", "十"), ("二", "十"), ("三", "十")))
    for at, one in enumerate(("", *_DIGITS))
    if n or at
}
"""The numbers to 39."""
COUNTED: Final = re.compile(rf"^({_NUMERAL})[、．.]\s*")
"""A number that counts what follows: `一、Title`."""
ORDINAL: Final = re.compile(
    rf"(?:{_NUMERAL}、\s?)?[【\[]?(?:(?:论文|論文)\s?(?P<a>{_NUMERAL})|第(?P<b>{_NUMERAL})篇)\s?(?:[】\]]\s?[:：、|｜]?|[:：、|｜])\s*(?=\S)"
)
"""The number of a paper: `论文一：Title`, `第一篇：Title`."""
