"""Two things side by side: which two a message compares, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.brief import brief
from beian.answers.lateness import supposes_lateness
from beian.answers.reply import Reply, answered
from beian.hearing.heard import Heard
from beian.hearing.questions import compares
from beian.hearing.verdicts import ranks
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.reading.several import SURE_WHOLE
from beian.text import patterns

_GROUP = "compare"
_BESIDE = "|"
_PAIR = 2
# Beside what every comparison has: 两码事, 同一期限, 算到一起.
_SAME_OR_NOT = patterns.compile(
    "两码事|两回事|同一?[个种项]?(?:期限|时限)|同一[个种项回码](?:东西|回事|事)?|[算合加][到在]一[起块]|是一码|不是一个"
)
_DAYS = patterns.compile("(?:30|三十)个?[天日]")
_TWO_OF_THEM = patterns.compile(
    "[两俩二]个?(?:30|三十|期限|时限|日期)|(?:驳回|退回|重新|重提|打回).{0,8}[和跟与同]|[和跟与同].{0,10}(?:驳回|退回|重新|重提|打回)"
)
_SLOTS = ("change_type", "subject_kind", "item")


def both_compared(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as about the two facts that it compares: those it was read as about; where that is one, or
    an open point that it is not surely about, those it names, or two that are known to be taken for each
    other and both likely."""
    meaning = heard.meaning
    facts = tuple(target for target in meaning.targets if not target.startswith(UNCOVERED))
    of_its_own = not facts and meaning.chance >= SURE_WHOLE and _is_of_what_is_named(heard, kb)
    if (
        not sets_beside(heard.said.text)
        or meaning.notice
        # 逾期一天和一个月有区别吗 compares no two rules
        or (supposes_lateness(heard.said.text) and not _of_one_number(heard.said.text))
        or len(facts) > _PAIR
        or of_its_own
    ):
        return heard
    pair = facts if len(facts) == _PAIR else _named(heard, kb) or _likely(heard, kb)
    if _of_one_number(heard.said.text):
        pair = _periods(kb)
    if pair is None:
        return heard
    meaning = replace(meaning, outcome="answer", targets=pair, manner="compare", choices=())
    return replace(heard, meaning=meaning)


def sets_beside(text: str) -> bool:
    """Whether it sets one thing beside another: 有什么区别, 是两码事吧, 同一期限吗, 哪个快."""
    return compares(text) or ranks(text) or bool(_SAME_OR_NOT.search(text))


def _of_one_number(text: str) -> bool:
    """Whether it sets the two periods of so many days beside each other: 两个30天, 这30天和那30天."""
    days = len(_DAYS.findall(text))
    return days > 1 or (days == 1 and bool(_TWO_OF_THEM.search(text)))


def _periods(kb: KnowledgeBase) -> tuple[str, ...]:
    """The facts on the two periods with the same number of days."""
    return (*kb.awaiting("changed"), *kb.awaiting("rejected"))


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
    # what is named is meant, however unlikely its own question is
    ranked += types_named(heard, kb)
    found = [pair for pair in known if set(pair) <= set(ranked)]
    return min(found, key=lambda pair: sum(map(ranked.index, pair)), default=None)


def types_named(heard: Heard, kb: KnowledgeBase) -> list[str]:
    """The facts on the types of change that a message names, as it names them."""
    types = [fact for fact in kb.facts.values() if fact.aspect == "type"]
    named = heard.said.values("change_type")
    return [fact.id for value in named for fact in types if fact.when.get("change_type") == value]


def difference_of(facts: Sequence[str], kb: KnowledgeBase) -> str | None:
    """The name of the phrase on what sets facts apart, in whichever order; None where there is none."""
    pair = (_BESIDE.join(facts), _BESIDE.join(reversed(facts)))
    return next((key for key in pair if key in kb.phrases[_GROUP]), None)


def lines_of(facts: Sequence[str], kb: KnowledgeBase) -> list[str]:
    """Each fact in short, under its title."""
    return [
        kb.phrase(_GROUP, "line", title=kb.title_of(fact), text=brief(kb.facts[fact], kb)) for fact in facts
    ]


def compared(facts: Sequence[str], state: Discourse, kb: KnowledgeBase, *, ranked: bool = False) -> Reply:
    """Two facts or more in a line each, after what sets them apart as far as the document says it; `ranked`:
    which of them is easier or quicker was asked, which it does not say."""
    title = kb.phrase(_GROUP, "not_ranked" if ranked else difference_of(facts, kb) or "other")
    lines = lines_of(facts, kb)
    reply = answered(facts, state, kb)
    reply.text = "\n".join([title, *lines])
    reply.card = {"type": "comparison", "title": title, "items": lines}
    return reply
