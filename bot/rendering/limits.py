"""Discord's numbers, and what we keep in reserve below them.

Sources: Discord's API documentation, *Message* resource (embed limits, Create Message) and *Component reference*. Limits are inclusive.
"""

EMBEDS = 10
"""Embeds in a message (Create Message)."""
MESSAGE_TEXT = 6000
"""Title, description, fields, footer and author name of all embeds of a message together (Embed Limits)."""
TITLE = 256
DESCRIPTION = 4096
FOOTER = 2048
CONTENT = 2000
URL = 2048
"""Any address in an embed."""
CHOICES = 25
"""Options of a select."""
CHOICE_LABEL = 100
CUSTOM_ID = 100
PLACEHOLDER = 150
THREAD_NAME = 100
"""Characters of a thread's name (Start Thread in Forum or Media Channel)."""

MESSAGE_BUDGET = 5600
"""What we fill of `MESSAGE_TEXT`. Staff says that code points are counted (discord-api-docs#1315), others have measured more for emoji
(go-gitea#34084): `weight` takes the dearer reading, and the reserve covers what neither explains."""
DESCRIPTION_BUDGET = 3800
"""What we fill of `DESCRIPTION`, for the same reason."""
INLINE_NODES = 48
"""Links, code spans, emphases and emoji in one description. Clients stop rendering after about the hundredth inline element
(discord-api-docs#6932, #8501); with the text between them this many stay below it."""
EMBED_PAPERS = 40
"""More papers than this are posted as titles."""
STYLE_MESSAGES = 5
"""More messages than this are too many for one day in the style asked for."""
MOST_MESSAGES = 8
"""No digest takes more messages than this."""


def weight(text: str) -> int:
    """Count a text's characters the dearer way: code points or UTF-16 units, whichever are more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
