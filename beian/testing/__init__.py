"""Conversation tests: files of dialogues, run against the live assistant by a pytest plugin."""
