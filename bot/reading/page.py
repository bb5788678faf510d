"""A digest's page as the splitting of papers looks at it: its outline, its headings and the evidence on its lines."""

import operator
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Final

from bot.reading import claims, dates, links
from bot.reading.authors import is_label_line, names_authors
from bot.reading.outline import Block, Kind, Outline
from bot.reading.stops import is_stop
from bot.reading.titles import Title, title_of
from bot.reading.wording import key, words

_RESEARCH = re.compile(
    r"://(?:[\w-]{1,60}\.)?(?:git(?:hub|lab)\.|huggingface\.|[\w-]{1,60}\.edu|[\w-]{1,60}\.ac\.)", re.IGNORECASE
)
_LABEL = re.compile(r"[\s>*_+•-]{0,8}(?:\W{1,3}\s)?[*_`]{0,3}([^\W\d_][^:：*_`\n|]{1,29})[*_`]{0,3}\s?[:：]")
_WHOLE_NUMBER = re.compile(r"(\d{1,2})[.)、]?\s")
_OUTLINE_NUMBER = re.compile(r"[*_]{0,3}(\d{1,2}(?:\.\d{1,2}){0,2})\.(\d{1,3})[.)]?\s+(?=\S)")
_TOP: Final = 60
"""Lines within which a digest says how many papers it has."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its title taken apart."""

    block: Block
    title: Title
    key: str
    stop: bool
    """Whether it is the name of a part (Abstract, 요약, Idea Sparks), not of a paper."""
    outlined: bool = False
    """Whether its number is one of an outline: `2.1`."""

    @property
    def line(self) -> int:
        """Index of its line."""
        return self.block.first

    @property
    def level(self) -> int:
        """1 to 6."""
        return self.block.level


@dataclass(frozen=True)
class Page:
    """The document and what can be asked of it. Every answer takes time in proportion to the document at most once."""

    outline: Outline
    definitions: Mapping[str, str]
    hint: str
    """Title, topics and file name: what says that this is about papers."""
    title: str = ""
    """What the document is called."""
    declared: frozenset[int] = frozenset()
    """How many papers the front matter says there are."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The file's lines."""
        return self.outline.lines

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        blocks = [block for block in self.outline.blocks if block.kind is Kind.HEADING]
        numbered = _outline_numbers(blocks)
        return tuple(self._heading(block, numbered.get(block.first)) for block in blocks)

    @cached_property
    def _linked_lines(self) -> dict[int, tuple[str, tuple[str, ...]]]:
        """The lines that have links, as far as they were wrapped together, and the links, by index; definitions of links have none."""
        found: dict[int, tuple[str, tuple[str, ...]]] = {}
        for n, line in enumerate(self.lines):
            if line[-8:].rstrip(" :：").lower().endswith("rxiv") and n + 1 < len(
                self.lines
            ):  # wrapped between label and id
                line = f"{line} {self.lines[n + 1].lstrip()}"  # noqa: PLW2901
            if (
                "://" in line or "rxiv" in line.lower() or links.has_bare_id(line) or (self.definitions and "]" in line)
            ) and not links.is_definition(line):
                found[n] = line, links.find(line, self.definitions)
        return found

    @cached_property
    def papers_on(self) -> dict[int, tuple[str, ...]]:
        """Paper links by the index of their line; the empty string stands for one that leads to no paper (`arxiv.org/pdf/unknown.pdf`)."""
        code = {n for block in self.outline.blocks if block.kind is Kind.CODE for n in range(block.first, block.last)}
        found = (
            (n, tuple(links.papers(line, linked)) or tuple(links.placeholders(line)))
            for n, (line, linked) in self._linked_lines.items()
            if n not in code
        )
        return {n: papers for n, papers in found if papers}

    def links_on(self, first: int, last: int) -> Iterator[str]:
        """Yield the links on these lines."""
        for n in range(first, last):
            if n in self._linked_lines:
                yield from self._linked_lines[n][1]

    @cached_property
    def papers(self) -> frozenset[str]:
        """The different papers that are linked."""
        return frozenset(paper for papers in self.papers_on.values() for paper in papers if paper)

    @cached_property
    def _links_before(self) -> list[int]:
        return [0, *accumulate(len(self.papers_on.get(n, ())) for n in range(len(self.lines)))]

    @cached_property
    def _labels_before(self) -> list[int]:
        return [0, *accumulate(map(is_label_line, self.lines))]

    def linked(self, first: int, last: int) -> int:
        """Count the paper links on these lines."""
        return self._links_before[last] - self._links_before[first]

    @cached_property
    def _addresses_before(self) -> list[int]:
        shows = ("://" in line and not line.lstrip().startswith("![") for line in self.lines)
        return [
            0,
            *accumulate(yes and _RESEARCH.search(line) is None for yes, line in zip(shows, self.lines, strict=True)),
        ]

    def links_elsewhere(self, first: int, last: int) -> bool:
        """Tell whether these lines have a link that is to no place where research is kept."""
        return self._addresses_before[last] > self._addresses_before[first]

    def labelled(self, first: int, last: int) -> bool:
        """Tell whether authors or an abstract are labelled on these lines."""
        return self._labels_before[last] > self._labels_before[first]

    def first_paper(self, first: int, last: int) -> str | None:
        """Return the first paper link on these lines."""
        found = (papers[0] for n in range(first, last) if (papers := self.papers_on.get(n)))
        return next(found, None) or None

    @cached_property
    def repeated(self) -> frozenset[tuple[int, str]]:
        """Level and key of the headings that recur as parts of papers (Abstract, 방법론), not as the same paper again."""
        counts = Counter((heading.level, heading.key) for heading in self.headings)
        recurring = {pair for pair, count in counts.items() if count > 1}
        if not recurring:
            return frozenset()
        return frozenset(recurring - self._same_papers(recurring))

    def is_repeated(self, heading: Heading) -> bool:
        """Tell whether a heading names a recurring part of papers."""
        return bool(self.repeated) and (heading.level, heading.key) in self.repeated

    def _same_papers(self, recurring: set[tuple[int, str]]) -> set[tuple[int, str]]:
        """Find those whose every occurrence has the same paper link, or that are numbered beside one another."""
        seen: dict[tuple[int, str], set[str | None]] = {}
        parents: dict[tuple[int, str], list[int]] = {}
        numbered: dict[tuple[int, str], bool] = {}
        above: dict[int, int] = {}
        for n, heading in enumerate(self.headings):
            above = {level: line for level, line in above.items() if level < heading.level} | {
                heading.level: heading.line
            }
            pair = (heading.level, heading.key)
            if pair in recurring:
                end = self.headings[n + 1].line if n + 1 < len(self.headings) else len(self.lines)
                seen.setdefault(pair, set()).add(self.first_paper(heading.line, end))
                parents.setdefault(pair, []).append(
                    max((above[level] for level in above if level < heading.level), default=-1)
                )
                numbered[pair] = numbered.get(pair, True) and heading.title.number is not None
        linked = {pair for pair, papers in seen.items() if len(papers) == 1 and None not in papers}
        return linked | {pair for pair, yes in numbered.items() if yes and len(set(parents[pair])) == 1}

    @cached_property
    def is_about_papers(self) -> bool:
        """Whether the page says that it is about papers, in its name, its title or its first lines."""
        top = "\n".join(line[:200] for line in self.lines[:15])
        return claims.names_papers(f"{self.hint}\n{top}")

    @cached_property
    def may_be_digest(self) -> bool:
        """Whether its name has a word for papers or for what comes every day, or is hardly more than a day."""
        if self.is_named_for_papers or claims.names_digest(self.hint):
            return True
        day = dates.find(self.title)
        return day is not None and len(words(f"{self.title[: day.start]} {self.title[day.end :]}")) <= 1

    @cached_property
    def is_named_for_papers(self) -> bool:
        """Whether its title, topics or file name say that it is about papers."""
        return claims.names_papers(self.hint)

    @cached_property
    def speaks_of_papers(self) -> bool:
        """Whether its name, its first lines or a heading speak of papers, or any line of a page that is named as a digest is."""
        if self.is_about_papers or any(claims.names_papers(heading.title.text) for heading in self.headings):
            return True
        return claims.names_digest(self.hint) and any(map(claims.names_papers, self.lines))

    @cached_property
    def _by_line(self) -> dict[int, Heading]:
        return {heading.line: heading for heading in self.headings}

    def parent_of(self, line: int) -> int:
        """Return the line of the last heading above a line, the document's title aside; -1 without one."""
        at = bisect_left(self._section_lines, line)
        return self._section_lines[at - 1] if at else -1

    @cached_property
    def _section_lines(self) -> list[int]:
        return [heading.line for heading in self.headings if heading.line != self.titled_line]

    def section_title(self, line: int) -> str:
        """Return what the heading on that line calls its section; empty where there is none."""
        heading = self._by_line.get(line)
        return heading.title.text.lstrip("#＃ ") if heading is not None else ""

    def houses_papers(self, line: int) -> bool:
        """Tell whether the heading on that line says that papers stand below it."""
        return line >= 0 and claims.says_papers(self.lines[line])

    def labels(self, first: int, last: int) -> set[str]:
        """Return the labels (`Score: …`, `**한줄 요약**: …`) at the starts of these lines, of the first forty."""
        found = (_LABEL.match(line[:80]) for line in self.lines[first : min(last, first + 40)])
        return {match[1].strip().casefold() for match in found if match}

    @cached_property
    def titled_line(self) -> int | None:
        """Index of the line of the heading that is the document's title."""
        tops = [heading for heading in self.headings if heading.level == 1]
        if not tops:
            return self._dated_line
        if tops[0].title.number is not None and sum(h.title.number is not None for h in tops) > 1:
            return None
        lone = len(tops) == 1 and (
            tops[0].title.number is None or any(h.title.number is not None for h in self.headings[1:])
        )
        return tops[0].line if lone else None

    @cached_property
    def _dated_line(self) -> int | None:
        """Index of the line of the heading that opens the document with its date, as no other of its level has one."""
        if not self.headings or self.headings[0].block is not self.outline.blocks[0]:
            return None
        first = self.headings[0]
        beside = (heading for heading in self.headings[1:] if heading.level <= first.level)
        if first.title.number is not None or dates.find(first.title.text) is None:
            return None
        return None if any(dates.find(heading.title.text) for heading in beside) else first.line

    @cached_property
    def _declared_above(self) -> list[frozenset[int]]:
        named = self.declared | claims.declared(self.hint)
        return [*accumulate((claims.declared(line[:300]) for line in self.lines[:_TOP]), operator.or_, initial=named)]

    def declares(self, before: int) -> frozenset[int]:
        """Return the counts of papers that are declared above a line."""
        return self._declared_above[min(before, _TOP, len(self.lines))]

    @cached_property
    def is_titled_as_guide(self) -> bool:
        """Whether its title or one of its headings is that of a guide, a repository or a release; a title with a day is none."""
        return claims.is_guide(self.title, (heading.key for heading in self.headings)) and not self.is_named_by_day

    @cached_property
    def is_how_to(self) -> bool:
        """Whether it is a guide, or describes a repository or a release of one, links to no paper and labels no authors."""
        if self.papers:
            return False
        said = self.is_titled_as_guide or claims.are_steps([heading.title.text for heading in self.headings])
        return said and not self.labelled(0, len(self.lines))

    @cached_property
    def is_review(self) -> bool:
        """Whether its title says that it is about one paper."""
        return claims.REVIEW_TAG.match(self.title) is not None and not self.is_named_by_day

    @cached_property
    def is_changelog(self) -> bool:
        """Whether it is the history of a program."""
        return claims.is_changelog(self.title) and not self.is_named_by_day

    @cached_property
    def is_named_by_day(self) -> bool:
        """Whether its title has a date."""
        return dates.find(self.title) is not None

    @cached_property
    def is_news(self) -> bool:
        """Whether its title says that it is of news, and it says nothing of papers and labels no authors."""
        return (
            claims.names_news(self.title)
            and not self.papers_on
            and not any(claims.names_papers(line) or names_authors(line) for line in self.lines)
        )

    @cached_property
    def is_other_post(self) -> bool:
        """Whether it calls itself a kind of post that presents no papers, links to none and declares none."""
        return not self.papers_on and claims.names_other_posts(self.hint) and not self.declares(len(self.lines))

    def says_nothing(self, first: int, last: int) -> bool:
        """Tell whether these lines have no more to say than that there is nothing."""
        return claims.says_nothing(self.lines[first:last])

    @cached_property
    def is_unfilled(self) -> bool:
        """Whether it links to papers by ids that are yet to be filled in, and to no other."""
        return not self.papers and claims.has_unknown_ids(self.lines)

    @cached_property
    def is_template(self) -> bool:
        """Whether it is there to be filled in: no paper linked, and fields or places for them left empty."""
        return not self.papers and claims.is_template(self.lines)

    @cached_property
    def denies_papers(self) -> bool:
        """Whether it says that there is no new paper, links to none and labels no authors."""
        return not self.papers_on and not self.labelled(0, len(self.lines)) and claims.denies_papers(self.lines)

    def _heading(self, block: Block, numbered: re.Match[str] | None) -> Heading:
        text = block.text[numbered.end() :] if numbered else block.text
        line = self._line_below(block)
        below = self.lines[line] if line is not None else ""
        is_broken = text.count("[") > text.count("]") and "](" in below
        title = title_of(f"{text} {below.strip()}" if is_broken else text)
        title = replace(title, below=True) if is_broken else title
        if numbered and title.number is None:
            title = replace(title, number=int(numbered[2]))
        if (not title.text and title.number is None) or title.label_only:
            title = self._title_below(block, title)
        folded = key(title.text)
        return Heading(block, title, folded, is_stop(title.text), numbered is not None)

    def _line_below(self, block: Block) -> int | None:
        """Return the index of the next line that is not blank, if it is close."""
        near = range(block.last, min(block.last + 3, len(self.lines)))
        return next((n for n in near if self.lines[n].strip()), None)

    def _title_below(self, block: Block, empty: Title) -> Title:
        """Take the title from the next line that is not blank: `### Title:` with the title below it."""
        below = self._line_below(block)
        if below is None or self.lines[below].lstrip().startswith(("#", "-", ">", "|", "```")):
            return empty
        found = title_of(self.lines[below])
        return Title(
            empty.number if found.number is None else found.number, found.text, found.extra, labelled=True, below=True
        )


def _outline_numbers(headings: Sequence[Block]) -> dict[int, re.Match[str]]:
    """Find the numbers such as `2.1` that count headings of one level, by line; one alone may be of a title (`2.5 Years in Class`).

    It is none where the heading above has the number 2.
    """
    found: dict[int, re.Match[str]] = {}
    last: dict[int, tuple[int, re.Match[str]]] = {}
    above: dict[int, str] = {}
    for block in headings:
        above = {level: number for level, number in above.items() if level < block.level}
        match = _OUTLINE_NUMBER.match(block.text)
        if match is None:
            number = _WHOLE_NUMBER.match(block.text)
            above[block.level] = number[1] if number else ""
            continue
        before = last.get(block.level)
        if before and before[1][1] == match[1] and int(match[2]) == int(before[1][2]) + 1:
            found |= {before[0]: before[1], block.first: match}
        elif above and above[max(above)] == match[1]:
            found[block.first] = match
        last[block.level] = block.first, match
    return found
