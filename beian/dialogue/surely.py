"""What a message was surely read as stands, whatever a step that goes by a few of its words takes it for.

The reading in context weighs all that is known; a step after it looks at a few words. Where both disagree and
the reading was sure, the step is wrong far more often than the reading. Steps that make another meaning of a
message are held to it by `kept` and `open_point`; those that answer at once are asked only where
`asks_surely` finds nothing.
"""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED

SURELY = 0.8
# Less is enough where its own words and the conversation say the same.
BOTH_SAY_SO = 0.45
# From here on neither its own words nor the conversation leave a doubt.
DOUBTLESS = 0.95
# So much is enough for a question to be answered as such, and not by a step that answers at once.
ASKS = 0.5


def asks_surely(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message asks for a fact or an open theme, by its own words and in its conversation alike."""
    meaning = heard.meaning
    target, _ = meaning.itself
    known = target in kb.cells and meaning.outcome == "answer" and target in meaning.targets
    return known and meaning.agreed(target) >= ASKS


def kept(read: Heard, taken: Heard, kb: KnowledgeBase) -> Heard:
    """The message as a step has `taken` it, unless that loses the question that it was surely `read` as."""
    meaning = read.meaning
    target, chance = meaning.ranking[0] if meaning.ranking else ("", 0.0)
    known = target in kb.cells or target.startswith(UNCOVERED)
    if not known or meaning.outcome != "answer" or target not in meaning.targets:
        return taken
    if chance < SURELY and meaning.agreed(target) < BOTH_SAY_SO:
        return taken
    # an answer to what was asked back is what was waited for
    if taken.meaning.manner == "answer" or taken.meaning.notice or _holds(target, taken, kb):
        return taken
    return replace(taken, meaning=meaning)


def open_point(read: Heard, taken: Heard) -> Heard:
    """The message as a step has `taken` it, unless it is beyond doubt about another open theme: what a rule
    of the document decides, or two facts side by side, is no answer to that."""
    meaning = read.meaning
    target, _ = meaning.itself
    doubtless = target in meaning.targets and meaning.agreed(target) >= DOUBTLESS
    if not target.startswith(UNCOVERED) or not doubtless:
        return taken
    waited_for = taken.meaning.notice or taken.meaning.manner == "answer"
    return taken if waited_for or target in taken.meaning.targets else replace(taken, meaning=read.meaning)


def _holds(target: str, taken: Heard, kb: KnowledgeBase) -> bool:
    """Whether it still asks for the target, or for the same of another change or kind of subject."""
    cell = kb.cells.get(target)
    if target in taken.meaning.targets or cell is None:
        return target in taken.meaning.targets
    aspects = {kb.cells[other].aspect for other in taken.meaning.targets if other in kb.cells}
    return cell.aspect is not None and cell.aspect in aspects
