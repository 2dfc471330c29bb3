"""Revisions of the conversations' database, the oldest first."""
