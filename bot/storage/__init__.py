"""The durable state in SQLAlchemy Core, on SQLite or PostgreSQL: the only home of SQL but the archive. May import `bot.domain`."""
