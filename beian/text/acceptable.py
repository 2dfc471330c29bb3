"""What a customer's text must be before anything else looks at it."""

from __future__ import annotations

import unicodedata


class RejectedError(ValueError):
    """The text is not handed on; `phrase` names the kind answer in kb/phrases.yml, group errors."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def readable(text: str) -> str:
    """The text without NUL, lone surrogates and other characters that no reader sees, trimmed."""
    kept = (
        char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")
    )
    return "".join(kept).strip()


def acceptable(text: str, limit: int) -> str:
    """The readable text; raises RejectedError when it is empty or longer than `limit` characters.

    A leading "/" would select an intent in Rasa; it is written in full width, so that it stays text.
    """
    plain = readable(text[: 4 * limit + 1])
    if not any(unicodedata.category(char) not in ("Cf", "Zs", "Cc", "Mn") for char in plain):
        raise RejectedError("empty")
    if len(plain) > limit:
        raise RejectedError("too_long")
    return "／" + plain[1:] if plain.startswith("/") else plain
