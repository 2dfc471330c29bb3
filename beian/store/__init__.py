"""Everything that is kept in tables: conversations and the desk, their schemas, backups, search."""
