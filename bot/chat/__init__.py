"""The Discord edge: client, error boundary, messenger and pacer. May import `bot.delivery` and what stands below it."""
