"""The labels of several questions in one message, from the probabilities of its parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beian.arrays import Array
from beian.nlu.labels import kind_of
from beian.text import patterns

MOST_QUESTIONS = 3
# A part of a message counts as a question of its own from this probability on.
SURE_PART = 0.4
# Less is enough where the whole message and the part agree as surely as AGREED.
AGREED = 0.8
LIKELY_PART = 0.2
CONTEXT_WEIGHT = 0.6
CONTEXT_FLOOR = 0.003
# A message that is as surely as this about something open or foreign is not searched for answers,
# or only for parts that are SURE_APART by themselves.
SURE_WHOLE = 0.9
SURE_APART = 0.8
# "And how?" after another question: the way, not a matter of its own.
_HOW_THEN = patterns.compile(
    r"^(?:那|该|我|现在|又|接下来)*(?:怎么|咋|如何|怎样)(?:办|弄|整|做|搞|处理|解决|操作)?(?:呢|啊|呀)?\??$"
)
HOW_LABEL = "procedure/overview"
# An act by itself; beside another question it asks for the type of the change at hand.
WHICH_LABEL = "which_type"
# What the document says in general is no second question beside a special one; by prefixes of labels.
_REASONS = ("rejection/materials", "rejection/info", "rejection/naming", "rejection/domain")
COVERED_BY = {
    "materials/overview": ("materials/subject", "materials/website"),
    "access/overview": ("access/server", "access/subject"),
    "rejection/overview": _REASONS,
    HOW_LABEL: _REASONS,
    WHICH_LABEL: ("type/",),
}


def questions_in(
    labels: list[str],
    whole: Array,
    parts: Sequence[tuple[str, Array]],
    own_subjects: frozenset[str],
) -> list[str]:
    """The labels of two or three questions in one message; empty when it holds only one.

    `parts` are the stretches that ask something, with their probabilities; none when there is one alone.
    """
    surest = labels[int(np.argmax(whole))]
    kind = kind_of(surest)
    single = surest in own_subjects or kind not in ("answer", "uncovered")
    if not parts or (single and whole.max() >= SURE_WHOLE):
        return []
    least = SURE_APART if kind == "uncovered" and whole.max() >= SURE_WHOLE else SURE_PART
    found: list[str] = []
    for segment, alone in parts:
        if _HOW_THEN.match(segment):
            label = HOW_LABEL if any(before.startswith("type/") for before in found) else None
        else:
            label = _part(labels, alone, whole, found, least)
        if label and label not in found:
            found.append(label)
    found = _without_general(found)
    return found[:MOST_QUESTIONS] if len(found) > 1 else []


def _part(labels: list[str], alone: Array, whole: Array, found: list[str], least: float) -> str | None:
    """The label of a part, or None when it is unsure, no question, or asked already."""
    # What the whole message is about tips the scale for a part that leaves it out.
    chance = alone * (whole + CONTEXT_FLOOR) ** CONTEXT_WEIGHT
    chance /= chance.sum()
    best = int(np.argmax(chance))
    if labels[best] in found:
        chance, best = alone, int(np.argmax(alone))
    label = labels[best]
    kind = kind_of(label)
    if chance[best] < SURE_PART or (kind not in ("answer", "uncovered") and label != WHICH_LABEL):
        return None
    if chance[best] >= AGREED and least == SURE_PART:
        least = LIKELY_PART
    return None if kind == "answer" and alone[best] < least else label


def _without_general(labels: list[str]) -> list[str]:
    """The labels without those that a more special one among them answers as well."""
    return [
        label
        for label in labels
        if not any(other.startswith(special) for special in COVERED_BY.get(label, ()) for other in labels)
    ]
