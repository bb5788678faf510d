"""How often terms occur, as a picture and in words. May import `bot.domain` and `bot.locales`."""
