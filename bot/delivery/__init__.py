"""What is owed, and its safe passage. Names its needs as protocols; imports neither discord nor sqlalchemy."""
