"""`check`: read digests and say what is wrong with them."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, TextIO

from rich.console import Console
from rich.text import Text

from bot.domain.digest import DigestId, Paper
from bot.reading import fixes, folder, linter
from bot.reading.finding import Code, Finding, Severity, error
from bot.reading.parser import Reading, read, too_large, unreadable

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NAMES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FOLDERS_OF_A_FILE: Final = 3
"""How many of the folders above a file that is named by itself may give its date: `2024/10/31`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and all that there is to say about it."""

    place: Path
    reading: Reading
    findings: tuple[Finding, ...]
    mended: bool = False


def check(
    paths: Sequence[Path],
    *,
    as_json: bool = False,
    fix: bool = False,
    console: Console | None = None,
    stdout: TextIO | None = None,
) -> int:
    """Read and lint files and whole folders; return 1 if any file has an error, else 0.

    A folder's drafts and unpublished files are left out; a file that is named by itself is always answered. With `as_json` one JSON
    object a file goes to `stdout`, one line each.
    """
    checked = _beside_each_other([one for path in paths for one in _checked(path, fix=fix)])
    if as_json:
        out = stdout or sys.stdout
        for one in checked:
            out.write(json.dumps(_record(one)) + "\n")
    else:
        _show(checked, console or Console(soft_wrap=True, highlight=False))
    return int(any(finding.severity is Severity.ERROR for one in checked for finding in one.findings))


def _checked(path: Path, *, fix: bool) -> Iterator[Checked]:
    if not path.is_dir():
        name = PurePosixPath(*path.parts[-_FOLDERS_OF_A_FILE - 1 :])
        one = _one(path, str(name), fix=fix)
        yield replace(one, reading=replace(one.reading, path=str(path), id=DigestId(path.stem)))
        return
    try:
        files = list(folder.files(path))
    except OSError as refused:
        yield _unreadable(path, path.name, refused)
        return
    for file in files:
        one = _one(file.place, file.path, fix=fix, outside=file.signature is None)
        if one.reading.published:
            yield one


def _beside_each_other(checked: Sequence[Checked]) -> list[Checked]:
    """Add what only a look at all of the files together finds."""
    beside = linter.across({str(one.place): one.reading for one in checked})
    return [
        replace(one, findings=tuple(sorted((*one.findings, *found)))) if (found := beside.get(str(one.place))) else one
        for one in checked
    ]


def _one(place: Path, path: str, *, fix: bool, outside: bool = False) -> Checked:
    if outside:
        said = error(
            1, Code.UNREADABLE_FILE, "the link leads out of the folder or nowhere", "Put the file itself there."
        )
        return Checked(place, unreadable(path, said), (said,))
    try:
        raw = folder.read_bytes(place).raw
        if raw is None:
            reading = too_large(path)
            return Checked(place, reading, reading.findings)
        reading = read(raw, path)
        mended = fixes.fixed(raw, reading) if fix else raw
        if mended != raw:
            fixes.replace_file(place, mended)
            reading = read(mended, path)
    except OSError as refused:
        return _unreadable(place, path, refused)
    return Checked(place, reading, tuple(sorted((*reading.findings, *linter.lint(mended, reading)))), mended != raw)


def _unreadable(place: Path, path: str, refused: OSError) -> Checked:
    said = error(
        1, Code.UNREADABLE_FILE, f"the file can't be read: {refused.strerror or refused}", "Check name and permissions."
    )
    return Checked(place, unreadable(path, said), (said,))


def _record(one: Checked) -> dict[str, Any]:
    reading = one.reading
    return {
        "path": str(one.place),
        "id": reading.id,
        "date": reading.date.isoformat() if reading.date else None,
        "title": reading.title,
        "papers": [_paper(paper) for paper in reading.papers],
        "warnings": [
            {"line": finding.line, "message": finding.message}
            for finding in one.findings
            if finding.severity is Severity.WARNING
        ],
        "error": reading.error,
        "strategy": {"name": reading.strategy.name, "why": reading.strategy.why},
        "findings": [
            {
                "line": finding.line,
                "column": finding.column,
                "code": finding.code,
                "severity": finding.severity,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in one.findings
        ],
        "published": reading.published,
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "number": paper.number,
        "title": paper.title,
        "url": paper.url,
        "links": paper.links,
        "authors": paper.authors,
        "section": paper.section,
        "blocks": paper.blocks,
        "image": paper.image,
        "line": paper.line,
    }


def _show(checked: Sequence[Checked], console: Console) -> None:
    for one in checked:
        reading = one.reading
        console.print(
            Text.assemble(
                (str(one.place), "bold"),
                f": {_counted(len(reading.papers), 'paper')}, {reading.date or 'no date'}",
                (f" ({reading.strategy.why})", "dim"),
                (" mended" if one.mended else "", "green"),
            ),
            soft_wrap=True,
        )
        for finding in one.findings:
            console.print(_line(one.place, finding), soft_wrap=True)
    console.print(_summary(checked), soft_wrap=True)


def _line(place: Path, finding: Finding) -> Text:
    return Text.assemble(
        f"{place}:{finding.line}:{finding.column}: ",
        (f"{_NAMES[finding.severity]} {finding.code}", _STYLES[finding.severity]),
        f" {finding.message}",
        (f" — {finding.remedy}" if finding.remedy else "", "dim"),
    )


def _summary(checked: Sequence[Checked]) -> Text:
    if not checked:
        return Text(f"There is no digest here: no {' or '.join(folder.SUFFIXES)} file.", style="yellow")
    counts = Counter(finding.severity for one in checked for finding in one.findings)
    papers = sum(len(one.reading.papers) for one in checked)
    said = [
        f"{_counted(len(checked), 'file')}, {_counted(papers, 'paper')}: {_counted(counts[Severity.ERROR], 'error')}"
    ]
    said += [_counted(counts[Severity.WARNING], "warning"), _counted(counts[Severity.INFO], "note")]
    worst = "bold red" if counts[Severity.ERROR] else "yellow" if counts[Severity.WARNING] else "green"
    mended = sum(one.mended for one in checked)
    tail = f" {_counted(mended, 'file')} mended." if mended else ""
    return Text(f"{', '.join(said)}.{tail}", style=worst)


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
