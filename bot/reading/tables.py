"""Papers that are the rows of tables."""

import re
from collections import defaultdict
from dataclasses import replace

from bot.reading import dates, html_tables, links
from bot.reading.entry import Entry, Form, Group
from bot.reading.folds import SUMMARY
from bot.reading.outline import Block, Kind
from bot.reading.page import Page
from bot.reading.titles import Title, title_of
from bot.reading.wording import words

LONG = 120
"""Characters from which on a cell holds more than a title."""

_TITLE_COLUMN = re.compile(
    r"\b(?:title|paper|name)s?\b|제목|논문|标题|標題|题目|题名|題名|论文|論文|タイトル", re.IGNORECASE
)
_ORIGINAL = re.compile(r"英文|英語|原文|原题|原題|영문|원문|원제|\benglish\b|\boriginal\b", re.IGNORECASE)
_NUMBER_COLUMN = re.compile(r"#|no\.?|rank|번호|순위|序号|编号|排名|番号|n", re.IGNORECASE)
_COUNT_COLUMN = re.compile(r"\bcount\b|\bnumber of\b|数量|数$|件数|편수|개수|건수|\s수$", re.IGNORECASE)
_TITLE_LABEL = re.compile(r"(?:paper )?title|제목|논문 ?제목|标题|標題|题目|论文标题|タイトル", re.IGNORECASE)
_WHY_NOT = re.compile(
    r"(?:未入选|落选|排除|淘汰|剔除|除外|제외|탈락).{0,3}(?:原因|理由|사유|이유)"
    r"|\b(?:reason|why).{0,12}(?:exclu|reject|skip|drop|not (?:selected|included))|\b(?:exclusion|rejection) reason",
    re.IGNORECASE,
)
"""A column that says why a paper was left out."""
_FIELD = re.compile(
    r"(?:(?:paper|arxiv|pdf|code) )?(?:authors?|links?|url|arxiv|pdf|id|summary|abstract|score|category|venue)"
    r"|저자|링크|요약|초록|점수|분야|作者|链接|鏈接|摘要|评分|类别|著者|リンク|概要|要約",
    re.IGNORECASE,
)
_CELL = re.compile(r"(?<!\\)\|")
_ID = re.compile(r"\[?(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?\]?", re.IGNORECASE)


def groups(page: Page) -> list[Group]:
    """Return the rows of all tables that have a column of titles, and those of each kind of table where there are several."""
    headings = iter(page.headings)
    following = next(headings, None)
    parent = -1
    done = 0
    found: list[Group] = []
    for block in page.outline.blocks:
        while following is not None and following.line < block.first:
            parent = following.line if following.line != page.titled_line else -1
            following = next(headings, None)
        if block.kind is Kind.TABLE:
            found.append(_rows(_piped(page, block), block.last, parent))
        elif block.kind is Kind.HTML and block.first >= done:
            for table in html_tables.tables(page.lines, block.first, block.last):
                found.append(_rows(table.rows, table.last, parent))
                done = table.last
    alike: dict[str, list[Entry]] = defaultdict(list)
    for group in found:
        alike[group.name] += group.entries
    named = [Group(Form.TABLE, name, tuple(entries)) for name, entries in alike.items() if entries]
    together = Group(Form.TABLE, "| Title |", tuple(entry for group in found for entry in group.entries))
    return [together, *named] if len(named) > 1 else named


def _piped(page: Page, block: Block) -> list[tuple[int, list[str]]]:
    """Split the rows of a pipe table, the line of dashes aside; one that was broken within a cell goes on in a line that no pipe opens."""
    found: list[tuple[int, list[str]]] = []
    is_open = page.lines[block.first].lstrip().startswith("|")
    for n in range(block.first, block.last):
        line = page.lines[n]
        if n == block.first + 1:
            continue
        if is_open and len(found) > 1 and not line.lstrip().startswith("|") and len(found[-1][1]) < len(found[0][1]):
            before, (rest, *others) = found[-1][1], cells(line)
            found[-1] = (found[-1][0], [*before[:-1], f"{before[-1]} {rest}", *others])
        else:
            found.append((n, cells(line)))
    return found


def cells(line: str) -> list[str]:
    """Split a row of a pipe table."""
    text = line.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.strip() for cell in _CELL.split(text)]


def _rows(table: list[tuple[int, list[str]]], end: int, parent: int) -> Group:
    """Make an entry of each row below the first, which names the columns; the group is named by the column of titles."""
    nothing = Group(Form.TABLE, "| Title |", ())
    if len(table) < 2:
        return nothing
    if upright := _upright(table, end, parent):
        return replace(nothing, entries=(upright,))
    (_, header), *rows = table
    if any(map(_WHY_NOT.search, header)):
        return nothing
    lasts = [*(n for n, _ in rows[1:]), end]
    column = _title_column(header, rows)
    if column is None:
        return nothing
    number_column = next(
        (n for n, name in enumerate(header) if n != column and _NUMBER_COLUMN.fullmatch(name.strip("* "))), None
    )
    names = [name.strip("* ") for name in header]
    entries: list[Entry] = []
    for (n, row), last in zip(rows, lasts, strict=True):
        if len(row) <= column or not row[column]:
            continue
        title, rest = _title(row[column])
        number = title.number
        if number is None and number_column is not None and number_column < len(row):
            digits = row[number_column].strip("*[]. ")
            number = int(digits) if digits.isdecimal() and len(digits) <= 30 else None
        others = tuple(
            f"- **{names[m]}**: {cell}" if m < len(names) and names[m] else f"- {cell}"
            for m, cell in enumerate(row)
            if m not in {column, number_column} and cell and cell not in {"-", "—"}
        )
        if rest:
            others = (f"- {rest}", *others)
        if title.text:
            entries.append(
                Entry(
                    Form.TABLE, number, title.text, row[column], n, n + 1, max(last, n + 1), parent, title.extra, others
                )
            )
    return Group(Form.TABLE, f"| {names[column] or 'Title'} |", tuple(entries))


def _title(cell: str) -> tuple[Title, str]:
    """Read a cell, and what stands behind its title.

    That is what is folded below it, or in a long cell what follows the first gap of two spaces, unless markup spans it.
    """
    if folded := SUMMARY.match(cell):
        return title_of(folded[1], opening=True), cell[folded.end() :].removesuffix("</details>").strip()
    head, gap, rest = cell.partition("  ")
    is_whole = head.count("**") % 2 == 0 and head.count("[") == head.count("]")
    if not gap or len(cell) < LONG or not is_whole or not (opening := title_of(head, opening=True)).text:
        return title_of(cell, opening=True), ""
    return opening, rest.strip()


def _upright(table: list[tuple[int, list[str]]], end: int, parent: int) -> Entry | None:
    """Read a table of labels and values as one paper, if one of the labels says that it is a title."""
    if any(len(row) != 2 for _, row in table) or not any(_FIELD.fullmatch(row[0].strip("* ")) for _, row in table):
        return None
    for n, (label, value) in table:
        if value and _TITLE_LABEL.fullmatch(label.strip("* ")):
            title = title_of(value, opening=True)
            others = (f"- **{name.strip('* ')}**: {cell}" for m, (name, cell) in table if m != n and cell)
            return Entry(Form.TABLE, title.number, title.text, value, n, n + 1, end, parent, title.extra, tuple(others))
    return None


def _title_column(header: list[str], rows: list[tuple[int, list[str]]]) -> int | None:
    """Choose the column whose cells read most like titles, trusting a header that says so."""
    sample = [row for _, row in rows[:30]]
    lengths = [_mean_length(sample, n) for n in range(len(header))]
    named = [
        n
        for n, name in enumerate(header)
        if _TITLE_COLUMN.search(name)
        and not _COUNT_COLUMN.search(name)
        and lengths[n] > 0
        and not _holds_days(sample, n)
    ]
    if named:
        return max(
            named,
            key=lambda n: (
                lengths[n] >= 2,
                lengths[n] >= 4 and _is_linked(sample, n),  # before its translation
                _ORIGINAL.search(header[n]) is not None,
                re.search(r"title|제목|标题|標題|タイトル|题目|题名|題名", header[n], re.IGNORECASE) is not None,
                lengths[n],
            ),
        )
    linked = [
        n for n in range(len(header)) if any(len(row) > n and "](" in row[n] for row in sample) and lengths[n] >= 3
    ]
    if linked:
        return max(linked, key=lambda n: lengths[n])
    column = _id_column(header, sample)
    return _column_beside_links(header, sample, lengths) if column is None else column


def _column_beside_links(header: list[str], rows: list[list[str]], lengths: list[float]) -> int | None:
    """Return the first column that reads like titles, in a table whose rows each have a cell that is a link."""
    linked = sum(any(map(links.is_alone, row)) for row in rows)
    titles = (n for n in range(len(header)) if lengths[n] >= 4 and not _holds_days(rows, n))
    return next(titles, None) if linked == len(rows) else None


def _is_linked(rows: list[list[str]], column: int) -> bool:
    """Tell whether most cells of a column are links."""
    return sum(len(row) > column and links.is_linked(row[column]) for row in rows) * 2 > len(rows)


def _holds_days(rows: list[list[str]], column: int) -> bool:
    """Tell whether most cells of a column are days: deadlines, not papers."""
    days = [row[column] for row in rows if len(row) > column and dates.find(row[column])]
    return sum(len(cell) <= 24 for cell in days) * 2 > len(rows)


def _id_column(header: list[str], rows: list[list[str]]) -> int | None:
    """Return the column of arXiv ids, the last resort of a table without titles."""
    ids = (n for n in range(len(header)) if any(len(row) > n and _ID.fullmatch(title_of(row[n]).text) for row in rows))
    return next(ids, None)


def _mean_length(rows: list[list[str]], column: int) -> float:
    """Return the mean length of a column's titles in words, a Chinese or Korean word counting by its characters."""
    texts = [_title(row[column])[0].text for row in rows if len(row) > column]
    texts = [text for text in texts if text and not _ID.fullmatch(text)]
    return sum(sum(1 if word.isascii() else len(word) / 2 for word in words(text)) for text in texts) / max(
        1, len(rows)
    )
