"""Digests become posts, within Discord's limits and without I/O.

May import `bot.domain`, `bot.locales` and the values of `bot.archive`.
"""
