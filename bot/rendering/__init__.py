"""Digests become posts, within Discord's limits and without I/O. May import `bot.domain` and `bot.locales`."""
