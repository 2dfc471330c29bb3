"""A change that is told with the question what happens if it is not filed (地址搬了，备案不改会咋样)."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.clauses import clauses_in
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.text import patterns

_UNDONE = patterns.compile(
    "(?:不|没有?|未)(?:去|想|打算|及时|按时)?(?:改|变更|报|办|动|管|更新|申请|备案)|放着|拖着|不理"
)
_THEN = patterns.compile(
    "咋样|怎么?样|怎么着|如何|后果|影响|有事|啥事|要紧|行不行|行吗|可以[吗不]|可不可以|罚|没事|碍事"
)
_OF = frozenset({"type", "materials", "prepare"})


def left_undone(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as about what follows where the change is not filed, with its type where that was asked;
    as it is where it asks for nothing of the kind."""
    meaning = heard.meaning
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    if meaning.outcome != "answer" or len(cells) != len(meaning.targets) or not cells:
        return heard
    of_a_change = {cell.aspect for cell in cells} <= _OF and bool(heard.said.named)
    if not of_a_change or not any(_asks(clause) for clause in clauses_in(heard.said.text)):
        return heard
    types = [cell.target for cell in cells if cell.aspect == "type"]
    targets = (*kb.awaiting("changed")[:1], *types)
    return replace(heard, meaning=replace(meaning, targets=targets, choices=()))


def _asks(clause: str) -> bool:
    """Whether a clause is what happens without it: after what is not done."""
    undone = _UNDONE.search(clause)
    return undone is not None and bool(_THEN.search(clause[undone.end() :]))
