"""Before anything is asked back: what the customer denied or the case excludes is no choice, and what is in
hand needs none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from beian.answers.render import fact_text
from beian.answers.verdict import obliges
from beian.dialogue.of_the_shown import MAY_BE_IT, asks_after_a_word, asks_for_the_same_list
from beian.dialogue.own_words import MORE, said_by_itself, wants_more
from beian.dialogue.surely import SURELY
from beian.hearing.day_questions import asks_a_day
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar, lacks_quantity
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.state import Discourse
from beian.text import patterns

# Below this a message says nothing by its own words, and is about what is in hand.
ELLIPTICAL = 0.1
# What is likelier by this than what is in hand is meant instead of it.
LEADS = 1.5
A_POINT_OF_IT = 0.4
# From this chance on one of two things is asked for, whatever the other may mean.
SURELY_ASKED = 0.5
# So likely a fact is meant that has the number of days asked for, where the one read has none.
MAY_HAVE_THE_DAYS = 0.1
_TYPE = "type"
# What wants something of the customer, for which something else may be offered: 拿房产证顶一下可以不.
_WANTING = {"materials", "rejection", "person"}
_INSTEAD = patterns.compile(
    "拿|用.{1,8}[顶代替]|顶[一替]?下?|代替|替代|抵|给他们看|给你们看|凭|交.{1,8}行不|[证书照函本]"
)
_WAY = patterns.compile("(?:办法|法子|招数?|捷径)(?:没|吗|呢|[?？。]|$)|怎么(?:弄|办|搞)?最[省快简]")


def settled(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message with the choices that are left, or as the one that is; for a number of days as about the
    fact that has one."""
    heard = _settled(heard, state, kb)
    return _with_the_days(heard, state, kb) if heard.meaning.outcome == "answer" else heard


def _settled(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    meaning = heard.meaning
    if meaning.outcome == "answer" and meaning.chance < SURELY and wants_more(heard):
        return replace(heard, meaning=replace(meaning, targets=(MORE,), manner="ask"))
    if asks_after_a_word(heard, state, kb):
        return replace(heard, meaning=replace(meaning, outcome="answer", targets=state.stated, choices=()))
    if meaning.outcome == "answer" and len(meaning.targets) > 1:
        one = _whether_it_must_be(meaning.targets, heard, kb)
        if one and set(meaning.targets) <= set(kb.facts):
            return replace(heard, meaning=replace(meaning, targets=one, manner="ask"))
        return _of_what_was_said(heard, state, kb)
    if _of_a_point(heard, state, kb):
        meaning = replace(
            meaning, outcome="answer", targets=state.stated, manner="item", choices=(), foreign=0.0, alone=0.0
        )
        return replace(heard, meaning=meaning)
    if _still_about_it(heard, state):
        meaning = replace(meaning, targets=state.stated, manner="item", foreign=0.0, alone=0.0)
        return replace(heard, meaning=meaning)
    if meaning.outcome == "ask" and said_by_itself(heard, kb):
        meaning = replace(meaning, outcome="answer", targets=meaning.itself[:1], manner="ask", choices=())
        return replace(heard, meaning=meaning)
    if meaning.outcome == "answer" and asks_for_the_same_list(heard, state, kb):
        return replace(heard, meaning=replace(meaning, targets=state.stated, manner="item"))
    if meaning.outcome != "ask" or not meaning.choices:
        return heard
    return _one_of(heard, state, kb)


def _with_the_days(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the fact that has days, where it asks for a number of them (要几天内弄完) and what
    it was read as holds none."""
    meaning, text = heard.meaning, heard.said.text
    read = meaning.targets[0] if len(meaning.targets) == 1 else ""
    if read not in kb.facts or not asks_a_day(text) or not lacks_quantity(text, fact_text(kb.facts[read])):
        return heard
    for target, chance in meaning.ranking:
        known = target in kb.facts and chance >= MAY_HAVE_THE_DAYS and _possible(target, heard, state, kb)
        if known and not lacks_quantity(text, fact_text(kb.facts[target])):
            return replace(heard, meaning=replace(meaning, targets=(target,), manner="ask", chance=chance))
    return heard


def _one_of(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the one choice that is meant, else with those that are left."""
    meaning = heard.meaning
    left = tuple(choice for choice in meaning.choices if _possible(choice, heard, state, kb))
    in_hand = [choice for choice in left if choice in state.stated]
    ahead = _ahead(left, in_hand, dict(meaning.ranking), kb)
    if ahead and heard.said.asks:
        # 材料备好了在哪里办, of the papers: not a point of them
        meaning = replace(meaning, outcome="answer", targets=ahead, manner="ask", choices=())
    elif in_hand and meaning.alone < ELLIPTICAL and heard.said.asks and not heard.said.values("item"):
        # 有没有最省事的办法, of what was just said: a point of it
        meaning = replace(meaning, outcome="answer", targets=(in_hand[0],), manner="item", choices=())
    elif one := left if len(left) == 1 else _whether_it_must_be(left, heard, kb):
        meaning = replace(meaning, outcome="answer", targets=one, manner="ask", choices=())
    elif left:
        meaning = replace(meaning, choices=left)
    return replace(heard, meaning=meaning)


def _ahead(
    left: Sequence[str], in_hand: Sequence[str], chances: Mapping[str, float], kb: KnowledgeBase
) -> tuple[str, ...]:
    """The fact that clearly leads what was just said, as the only choice but that; else ()."""
    if not in_hand or not left or left[0] in in_hand or left[0] not in kb.facts:
        return ()
    leads = chances.get(left[0], 0.0) >= LEADS * max(chances.get(one, 0.0) for one in in_hand)
    return (left[0],) if leads and set(left[1:]) <= set(in_hand) else ()


def _still_about_it(heard: Heard, state: Discourse) -> bool:
    """Whether a question in words of other subjects (老机器得留到几号) may be about what was said, or a point
    of it (盖手印可以不) was taken for an open theme."""
    meaning = heard.meaning
    theme = (
        meaning.manner == "item" and len(meaning.targets) == 1 and meaning.targets[0].startswith(UNCOVERED)
    )
    if (
        not (meaning.targets == (OUT_OF_SCOPE,) or theme)
        or len(state.stated) != 1
        or not heard.said.asks
        or heard.said.named
    ):
        return False
    return dict(meaning.ranking).get(state.stated[0], 0.0) >= (A_POINT_OF_IT if theme else MAY_BE_IT)


def _whether_it_must_be(choices: tuple[str, ...], heard: Heard, kb: KnowledgeBase) -> tuple[str, ...]:
    """Of what may be meant the type of the one change that is named, where it is asked if that must be filed
    (手机号换了要改备案吗): whoever wants the papers says so."""
    text, changes = heard.said.text, heard.said.values("change_type")
    if len(changes) != 1 or not is_polar(text) or not obliges(text) or heard.said.documents:
        return ()
    cells = [kb.cells[choice] for choice in choices if choice in kb.cells]
    own = tuple(
        cell.target for cell in cells if cell.aspect == _TYPE and changes[0] in cell.values("change_type")
    )
    return own if len(own) == 1 else ()


def _of_what_was_said(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about what was said last, where it asks for a number that this does not hold: the number
    of another fact is no answer to it."""
    meaning = heard.meaning
    in_hand = tuple(target for target in meaning.targets if target in state.stated)
    chances = dict(meaning.ranking)
    if any(chances.get(one, 0.0) >= SURELY_ASKED for one in meaning.targets if one not in in_hand):
        return heard
    lacks = bool(in_hand) and all(
        lacks_quantity(heard.said.text, fact_text(kb.facts[one])) for one in in_hand
    )
    return replace(heard, meaning=replace(meaning, targets=in_hand, manner="item")) if lacks else heard


def _of_a_point(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a message that was not understood, or taken for another subject, asks of what was said last for
    an easier way, or whether something else will do for what is wanted."""
    meaning, text = heard.meaning, heard.said.text
    foreign = meaning.outcome == "answer" and meaning.targets[:1] == (OUT_OF_SCOPE,)
    unread = meaning.outcome in ("ask", "not_understood") or meaning.targets == (UNCOVERED,)
    if not state.stated or heard.said.named or not (foreign or unread):
        return False
    aspects = {kb.cells[fact].aspect for fact in state.stated}
    instead = bool(aspects & _WANTING) and is_polar(text) and bool(_INSTEAD.search(text))
    return instead or (not foreign and bool(_WAY.search(text)))


def _possible(choice: str, heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a choice is neither denied nor for another case than the customer's."""
    cell = kb.cells.get(choice)
    if cell is None:
        return True
    denied = any(value in cell.values(slot) for slot, value in heard.said.denied)
    known = {slot: value for slot, value in state.focus.case.items() if value}
    named = {slot: value for slot, value in heard.said.case().items() if value}
    return not denied and cell.fits(known | named)
