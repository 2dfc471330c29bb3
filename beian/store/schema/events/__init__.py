"""Revisions of the database of Rasa's events, the oldest first."""
