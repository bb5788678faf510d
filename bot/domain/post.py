"""A post: one message as it will stand in a channel, free of any Discord library."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Embed:
    """One frame of a post. Texts are Discord's dialect of Markdown and within Discord's limits."""

    description: str
    title: str | None = None
    url: str | None = None
    footer: str | None = None
    image: str | None = None
    colour: int | None = None

    def payload(self) -> dict[str, Any]:
        """Return Discord's JSON of this embed."""
        payload: dict[str, Any] = {"type": "rich", "description": self.description}
        if self.title is not None:
            payload["title"] = self.title
        if self.url is not None:
            payload["url"] = self.url
        if self.footer is not None:
            payload["footer"] = {"text": self.footer}
        if self.image is not None:
            payload["image"] = {"url": self.image}
        if self.colour is not None:
            payload["color"] = self.colour
        return payload


@dataclass(frozen=True, slots=True)
class Choice:
    """One paper in the control under a post."""

    ordinal: int
    label: str
    """At most 100 characters."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The control under a post: a select of the papers that the post shows."""

    custom_id: str
    """At most 100 characters; says which digest it belongs to, so that it works after any restart."""
    placeholder: str
    choices: tuple[Choice, ...]
    """1 to 25."""

    def payload(self) -> dict[str, Any]:
        """Return Discord's JSON of the action row that holds the select."""
        options = [{"label": choice.label, "value": str(choice.ordinal)} for choice in self.choices]
        select = {"type": 3, "custom_id": self.custom_id, "placeholder": self.placeholder, "options": options}
        return {"type": 1, "components": [select]}


@dataclass(frozen=True, slots=True)
class Post:
    """One message: a part of a delivery."""

    content: str
    """Text above the embeds; empty but in the first message."""
    embeds: tuple[Embed, ...]
    menu: Menu | None
    mention_role: int | None = None
    """The one role that this post may ping; nothing else in it ever pings."""
    silent: bool = False
    """Whether it arrives without a notification; not part of what a reader sees."""

    @property
    def mark(self) -> str:
        """The footer of the last embed, by which the message is recognised in a channel's history."""
        return (self.embeds[-1].footer or "") if self.embeds else ""

    def quiet(self) -> "Post":
        """Return the same post, as it looks when nobody is to be disturbed by it."""
        return replace(self, silent=True)

    def payload(self) -> dict[str, Any]:
        """Return the JSON body of Discord's *Create Message*, less nonce."""
        roles = [] if self.mention_role is None else [str(self.mention_role)]
        payload: dict[str, Any] = {
            "content": self.content,
            "embeds": [embed.payload() for embed in self.embeds],
            "components": [] if self.menu is None else [self.menu.payload()],
            "allowed_mentions": {"parse": [], "roles": roles} if roles else {"parse": []},
        }
        return payload

    @property
    def content_hash(self) -> str:
        """A short hash of all that a reader sees; two posts look alike exactly if it is equal."""
        text = json.dumps(self.payload(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread that a delivery opens in a forum."""

    title: str
    """At most 100 characters, the same at every attempt."""
    subjects: tuple[str, ...]
    """What its papers are about; the forum's tags are chosen by them."""
