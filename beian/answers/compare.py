"""Two things side by side: which two a message compares, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.brief import brief
from beian.answers.reply import Reply, answered
from beian.hearing.heard import Heard
from beian.hearing.questions import compares
from beian.hearing.verdicts import ranks
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.reading.several import SURE_WHOLE

_GROUP = "compare"
_BESIDE = "|"
_PAIR = 2
_SLOTS = ("change_type", "subject_kind", "item")


def both_compared(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as about the two facts that it compares: those it was read as about; where that is one, or
    an open point that it is not surely about, those it names, or two that are known to be taken for each
    other and both likely."""
    meaning = heard.meaning
    facts = tuple(target for target in meaning.targets if not target.startswith(UNCOVERED))
    of_its_own = not facts and meaning.chance >= SURE_WHOLE and _is_of_what_is_named(heard, kb)
    if (
        not (compares(heard.said.text) or ranks(heard.said.text))
        or meaning.notice
        or len(facts) > _PAIR
        or of_its_own
    ):
        return heard
    pair = facts if len(facts) == _PAIR else _named(heard, kb) or _likely(heard, kb)
    if pair is None:
        return heard
    meaning = replace(meaning, outcome="answer", targets=pair, manner="compare", choices=())
    return replace(heard, meaning=meaning)


def _is_of_what_is_named(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether the open point that a message was read as about is one of an item that it names."""
    cells = [kb.cells[target] for target in heard.meaning.targets if target in kb.cells]
    return any(set(cell.values("item")) & set(heard.said.values("item")) for cell in cells)


def _named(heard: Heard, kb: KnowledgeBase) -> tuple[str, ...] | None:
    """The two facts for two values of one slot: of the question that is asked, else what each of them is."""
    target = next((target for target in heard.meaning.targets if target in kb.facts), None)
    asked = [kb.facts[target].aspect] if target else []
    for slot in _SLOTS:
        values = heard.said.values(slot)
        if len(values) != 2:
            continue
        for aspect in (*asked, "type"):
            found = tuple(
                fact.id
                for value in values
                for fact in kb.facts.values()
                if fact.aspect == aspect and fact.when.get(slot) == value
            )
            if len(found) == 2:
                return found
    return None


def _likely(heard: Heard, kb: KnowledgeBase) -> tuple[str, ...] | None:
    ranked = [target for target, _ in heard.meaning.ranking]
    known = [tuple(key.split(_BESIDE)) for key in kb.phrases[_GROUP] if _BESIDE in key]
    found = [pair for pair in known if set(pair) <= set(ranked)]
    return min(found, key=lambda pair: sum(map(ranked.index, pair)), default=None)


def compared(facts: Sequence[str], state: Discourse, kb: KnowledgeBase, *, ranked: bool = False) -> Reply:
    """Two facts or more in a line each, after what sets them apart as far as the document says it; `ranked`:
    which of them is easier or quicker was asked, which it does not say."""
    pair = [_BESIDE.join(facts), _BESIDE.join(reversed(facts))]
    head = next((key for key in pair if key in kb.phrases[_GROUP]), "other")
    title = kb.phrase(_GROUP, "not_ranked" if ranked else head)
    lines = [
        kb.phrase(_GROUP, "line", title=kb.title_of(fact), text=brief(kb.facts[fact], kb)) for fact in facts
    ]
    reply = answered(facts, state, kb)
    reply.text = "\n".join([title, *lines])
    reply.card = {"type": "comparison", "title": title, "items": lines}
    return reply
