"""What is surely asked of another change than those in hand stays so: 还有个网站不用了，要不要注销."""

from __future__ import annotations

from collections.abc import Sequence

from beian.kb import KnowledgeBase
from beian.meaning.state import Matter
from beian.reading.meaning import Meaning

# As sure as this, a change is meant that nobody has told of, or that is one of those in hand.
SURE = 0.6
_CHANGES = ("change_type", "item")


def surely_of_a_change(meaning: Meaning, kb: KnowledgeBase) -> bool:
    """Whether a message is surely about one change, in its conversation and by its own words."""
    target, _ = meaning.ranking[0] if meaning.ranking else ("", 0.0)
    cell = kb.cells.get(target)
    bound = cell is not None and any(slot in cell.when for slot in _CHANGES)
    return bound and meaning.agreed(target) >= SURE


def of_another_change(meaning: Meaning, matters: Sequence[Matter], kb: KnowledgeBase) -> bool:
    """Whether a message is surely about a change that is none of those in hand, or by its own words about one
    of them."""
    if surely_of_a_change(meaning, kb):
        return True
    target, chance = meaning.ranking[0] if meaning.ranking else ("", 0.0)
    cell = kb.cells.get(target)
    if cell is None or chance < SURE or not any(slot in cell.when for slot in _CHANGES):
        return False
    return not any(cell.fits(matter.case) for matter in matters)
