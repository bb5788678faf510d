"""Digest files become values: the one home of frontmatter and markdown-it. May import `bot.domain`."""
