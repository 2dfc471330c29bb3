"""Conversation tests for assistants: a pytest plugin and its commands, without Rasa.

Expressions in test files are written by the authors of the tests, not by customers: Python's own engine reads
them, so that the package has no compiled dependency.
"""

__version__ = "0.1.0"
