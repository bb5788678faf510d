"""Files for people to take away. May import `bot.domain`, `bot.locales` and `bot.rendering`; the only home of bibtexparser."""
