"""Labels: what the understanding tells apart, written base/sub, and the kinds they fall into."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Kind = Literal["answer", "uncovered", "out_of_scope", "act"]

ACTS = frozenset({"chitchat", "dialogue", "checklist", "which_type", "stop", "handoff", "feedback"})
_OWN_KIND: dict[str, Kind] = {"uncovered": "uncovered", "out_of_scope": "out_of_scope"}


@lru_cache(maxsize=1000)
def kind_of(label: str) -> Kind:
    """Whether a label stands for a fact, an open theme, something else altogether or a dialogue act."""
    base = label.partition("/")[0]
    return "act" if base in ACTS else _OWN_KIND.get(base, "answer")


def fact_id(label: str) -> str:
    """The fact (or topic) a label stands for: materials/subject_transfer → materials.subject_transfer."""
    return label.replace("/", ".", 1)


def label_of(fact: str) -> str:
    """The label that stands for a fact or topic."""
    return fact.replace(".", "/", 1)
