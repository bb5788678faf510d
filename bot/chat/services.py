"""What commands and controls work with, put together once by the composition root and handed to each of them."""

import datetime as dt
from dataclasses import dataclass

from bot.archive.archive import Archive
from bot.chat.messenger import DiscordMessenger
from bot.config import Settings
from bot.delivery.ports import Clock
from bot.delivery.service import Deliveries
from bot.delivery.why import Explainer
from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, Paper
from bot.errors import UserError
from bot.reading.library import Library
from bot.rendering.renderer import Renderer
from bot.storage.ledger import Ledger
from bot.storage.meta import Meta
from bot.storage.personal import PersonalData
from bot.storage.reading_list import ReadingList
from bot.storage.subscriptions import Subscriptions
from bot.trends.studio import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The inside of the bot, as far as its edge uses it."""

    settings: Settings
    clock: Clock
    subscriptions: Subscriptions
    ledger: Ledger
    library: Library
    archive: Archive
    deliveries: Deliveries
    renderer: Renderer
    messenger: DiscordMessenger
    meta: Meta
    explainer: Explainer
    reading_list: ReadingList
    personal: PersonalData
    studio: Studio
    started_at: dt.datetime

    async def key(self, digest: Digest) -> DigestKey:
        """Return the state's number of a digest, by which controls name it: it outlives a renaming.

        Raises UserError where the digest has been removed since it was found.
        """
        known = (await self.ledger.know(self.library.digests, self.clock.now())).get(digest.id)
        if known is None:
            raise UserError("This paper is no longer in the digests. `/paper search` may find it elsewhere.")
        return known.key

    async def digest(self, key: DigestKey) -> Digest | None:
        """Return the digest of a number, under whatever name it has now; None where it is gone."""
        known = await self.ledger.digest(key)
        return None if known is None else self.library.get(known.id)

    async def paper(self, key: DigestKey, ordinal: int) -> tuple[Digest, Paper] | None:
        """Return the paper that a control names; None where its digest, or its place in it, is gone."""
        digest = await self.digest(key)
        if digest is None or not 1 <= ordinal <= len(digest.papers):
            return None
        return digest, digest.papers[ordinal - 1]
