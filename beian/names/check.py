"""The naming rule applied to a site name."""

from __future__ import annotations

from dataclasses import dataclass

from beian.kb import KnowledgeBase
from beian.text.normalize import letters_only


@dataclass(frozen=True)
class NameVerdict:
    """Whether a name keeps the listed rule; `broken` holds the forbidden words in it, in its order."""

    name: str
    broken: tuple[str, ...]
    allowed: bool


def check_name(name: str, kb: KnowledgeBase) -> NameVerdict:
    """Look for the forbidden words, also behind spaces, punctuation, full width and traditional forms.

    A character counts for one word only: 中国家具 holds 中国, not 国家 as well.
    """
    plain = letters_only(name)
    broken: list[str] = []
    place = 0
    while place < len(plain):
        word = next((word for word in kb.forbidden_words if plain.startswith(word, place)), None)
        place += len(word) if word else 1
        if word and word not in broken:
            broken.append(word)
    return NameVerdict(name, tuple(broken), not broken)
