"""The derived search index: one SQLite file that can be deleted and rebuilt at any time. May import `bot.domain`."""
