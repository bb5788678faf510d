"""The digest folder in memory: what changed is read again, the rest costs a look at its name."""

import asyncio
import datetime as dt
import hashlib
import logging
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.domain.digest import Digest, DigestId, Paper, split_paper_id
from bot.errors import StartupError
from bot.reading import folder
from bot.reading.finding import Code, error
from bot.reading.folder import File
from bot.reading.parser import Reading, read, too_large, unreadable
from bot.reading.shelved import Shelved, reader

log = logging.getLogger(__name__)

SAY_EVERY = 10.0
"""Seconds between two lines of the log while much is read."""

_OUTSIDE = error(1, Code.UNREADABLE_FILE, "the link leads out of the digest folder", "Put the file itself there.")


class Library:
    """Every digest below a folder. One unreadable file never stops the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recalled: dict[str, Shelved] = {}
        self._shelves: dict[str, Shelved] = {}
        self._readings: dict[DigestId, Reading] = {}
        self._hashes: dict[DigestId, str] = {}
        self._digests: tuple[Digest, ...] = ()
        self._by_id: dict[DigestId, Digest] = {}
        self._refreshing = asyncio.Lock()

    def check(self) -> None:
        """Raise StartupError if there is no such folder."""
        if not self._folder.is_dir():
            raise StartupError(
                f"There is no digest folder {self._folder}: create it, or set DIGESTS_DIR to the one you mean.",
                exit_code=2,
            )

    def recall(self, shelves: Iterable[Shelved]) -> None:
        """Remember what was read before the start; it counts for files that have not changed since."""
        self._recalled = {shelved.reading.path: shelved for shelved in shelves}

    async def refresh(self) -> tuple[Digest, ...]:
        """Read what changed on disk since the last call and return every deliverable digest, oldest first by date and id.

        Files are read off the event loop. A folder that can't be listed just now leaves everything as it was.
        """
        async with self._refreshing:
            shelves = await asyncio.to_thread(self._look)
            if shelves is not None and shelves != self._shelves:
                self._arrange(shelves)
            return self._digests

    @property
    def digests(self) -> tuple[Digest, ...]:
        """Every deliverable digest, oldest first, as of the last refresh."""
        return self._digests

    @property
    def readings(self) -> Mapping[DigestId, Reading]:
        """What was read of every file, deliverable or not."""
        return self._readings

    @property
    def newest(self) -> Digest | None:
        """The newest digest."""
        return self._digests[-1] if self._digests else None

    def get(self, digest_id: str) -> Digest | None:
        """Return one digest."""
        return self._by_id.get(DigestId(digest_id))

    def on(self, date: dt.date) -> tuple[Digest, ...]:
        """Return the digests of one day."""
        return tuple(digest for digest in self._digests if digest.date == date)

    def paper(self, paper_id: str) -> tuple[Digest, Paper] | None:
        """Return one paper and the digest that it is in."""
        parts = split_paper_id(paper_id)
        digest = self._by_id.get(parts[0]) if parts else None
        if parts is None or digest is None or not 1 <= parts[1] <= len(digest.papers):
            return None
        return digest, digest.papers[parts[1] - 1]

    def text_hash(self, digest_id: str) -> str:
        """Return a hash of the file's bytes and of what read them. Raises KeyError for a digest that isn't there."""
        return self._hashes[DigestId(digest_id)]

    @property
    def shelves(self) -> Mapping[str, Shelved]:
        """What was read by path; the very same mapping as long as no file changes."""
        return self._shelves

    def _look(self) -> dict[str, Shelved] | None:
        """Return every file as it is now, reading only those whose signature is new; None if the folder can't be listed."""
        try:
            found = list(folder.files(self._folder))
        except OSError as refused:
            log.warning("The digest folder can't be listed: %s", refused)
            return None
        before, self._recalled = self._recalled | self._shelves, {}
        after: dict[str, Shelved] = {}
        said = time.monotonic()
        for file in found:
            known = before.get(file.path)
            after[file.path] = known if known is not None and known.signature == file.signature else _read(file)
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                log.info("Read %d of %d digest files.", len(after), len(found))
        return after

    def _arrange(self, shelves: dict[str, Shelved]) -> None:
        """Take over what was read. Of two files with one id (`x.md`, `x.markdown`) the first by path counts."""
        self._shelves = shelves
        self._readings = {}
        self._hashes = {}
        for shelved in shelves.values():
            if self._readings.setdefault(shelved.reading.id, shelved.reading) is shelved.reading:
                self._hashes[shelved.reading.id] = shelved.hash
        digests = (digest for reading in self._readings.values() if (digest := reading.digest))
        self._digests = tuple(sorted(digests, key=lambda digest: (digest.date, digest.id)))
        self._by_id = {digest.id: digest for digest in self._digests}


def _read(file: File) -> Shelved:
    if file.signature is None:
        return Shelved(None, "", unreadable(file.path, _OUTSIDE))
    try:
        content = folder.read_bytes(file.place)
    except OSError as refused:
        # No signature: the next look tries again.
        said = error(
            1, Code.UNREADABLE_FILE, f"the file can't be read: {refused.strerror or refused}", "Check its permissions."
        )
        return Shelved(None, "", unreadable(file.path, said))
    if content.raw is None:
        return Shelved(content.signature, "", too_large(file.path))
    return Shelved(content.signature, hashlib.sha256(reader() + content.raw).hexdigest(), read(content.raw, file.path))
