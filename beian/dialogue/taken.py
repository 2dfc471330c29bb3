"""The message as what was waited for: a choice by its number, a day, a site name put forward."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.compare import both_compared
from beian.answers.notice import of_notice
from beian.answers.offered import STEP, picked
from beian.dialogue.taken_days import of_an_age, of_one_day, told_the_day
from beian.hearing.by_the_way import without_days_by_the_way
from beian.hearing.counting import of_its_period
from beian.hearing.heard import SURELY_FOREIGN, Heard
from beian.hearing.matters import of_one_matter
from beian.hearing.meant_days import as_meant
from beian.hearing.other_days import of_the_case
from beian.hearing.questions import is_polar
from beian.hearing.which_start import of_the_start
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import entry_at
from beian.meaning.state import Discourse
from beian.names import check_name, find_names, is_quoted, names_changed_to, names_in_answer

# A longer message with an ordinal says something of its own.
LONGEST_PICK = 8
# What is said while a person is waited for, as far as it may be about the wait.
WAITING, PRESENCE = "handoff/waiting", "chitchat/presence"
MAY_BE_THE_WAIT = 0.05
LONGEST_OF_THE_WAIT = 12
# From here on a supposition about a list may be about an open theme.
MAY_BE_A_THEME = 0.15
# After a name, what asks whether it will do.
_LONGEST_VERDICT = 6
_BETWEEN = ' ,，”"」』'
_LONGEST_NAME = 14
_ASKS_OF_A_NAME = ("呢", "吗", "行不行", "可以不", "怎么样", "呢?", "吗?")


def taken(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the answer to what was asked back, where it is one."""
    heard = _of_the_wait(_in_detail(of_notice(as_meant(heard, state), state), state), state)
    heard = of_one_matter(_picked(heard, state, kb), state, kb)
    heard = of_an_age(_supposed_of_a_theme(heard, state, kb), state, kb)
    days, heard = heard.days, told_the_day(of_the_case(heard), state, kb)
    heard = without_days_by_the_way(both_compared(replace(heard, days=days), kb), state, kb)
    heard = of_the_start(of_the_case(heard), state, kb)
    if heard.meaning.manner != "compare":
        # two periods side by side are not one of them
        heard = of_one_day(of_its_period(heard, state, kb), state, kb)
    return _named(heard, state, kb)


def _in_detail(heard: Heard, state: Discourse) -> Heard:
    """Who wants more of what was said wants it, and not other subjects."""
    meaning = heard.meaning
    if meaning.manner != "detail" or not state.stated or meaning.targets[:1] != ("dialogue/more",):
        return heard
    return replace(heard, meaning=replace(meaning, targets=state.stated))


def _supposed_of_a_theme(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """What would be if (要是对方不肯签呢), of a list without a consequence of its own, as the open theme that
    the message may well be about: what happens without the papers is another question."""
    meaning = heard.meaning
    facts = [kb.facts.get(target) for target in meaning.targets]
    if meaning.manner != "what_if" or not set(meaning.targets) <= set(state.stated) or not all(facts):
        return heard
    if any(fact and (fact.consequence or not fact.otherwise) for fact in facts):
        return heard
    theme = next((one for one in meaning.ranking if one[0].removeprefix(UNCOVERED) in kb.themes), None)
    if theme is None or theme[1] < MAY_BE_A_THEME:
        return heard
    meaning = replace(meaning, targets=(theme[0],), manner="ask", chance=theme[1])
    return replace(heard, meaning=meaning)


def _of_the_wait(heard: Heard, state: Discourse) -> Heard:
    """While a person is waited for, a message that may be about that is, as long as it names no change and no
    day: 要等多久 does not ask for the bureau."""
    meaning, said = heard.meaning, heard.said
    if state.last != "handoff" or said.named or heard.days or len(said.text) > LONGEST_OF_THE_WAIT:
        return heard
    chances = dict(meaning.ranking)
    about = chances.get(WAITING, 0.0) >= MAY_BE_THE_WAIT or meaning.targets[:1] == (PRESENCE,)
    if not about or (meaning.targets[:1] and meaning.targets[0].startswith("handoff/")):
        return heard
    meaning = replace(meaning, outcome="answer", targets=(WAITING,), manner="ask", choices=())
    return replace(heard, meaning=meaning)


def _picked(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the choice of what was offered, where it is one by its number or a part of its title."""
    target = picked(heard.said, state, kb)
    if target is None or target not in {*kb.facts, *kb.topics}:
        options = state.asked.options if state.asked and state.asked.kind == "choice" else ()
        target = entry_at(options, heard.said.ordinal)
        if target is None or STEP in heard.said.text:
            return heard
        if len(heard.said.text) > LONGEST_PICK and heard.meaning.manner not in ("entry", "answer"):
            return heard
    meaning = replace(heard.meaning, outcome="answer", targets=(target,), manner="answer", choices=())
    return replace(heard, meaning=meaning)


def _named(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """A site name put forward while names are in question, by what is asked or by what was said, is checked
    whatever else the message means."""
    meaning = heard.meaning
    rule = kb.awaiting("site_name")[0]
    items = kb.cells[rule].values("item")
    of_names = {rule, *(fact for fact, cell in kb.cells.items() if rule in cell.next)}
    renaming = state.focus.item in items or bool(set(heard.said.values("item")) & set(items))
    names = (names_changed_to if renaming or set(state.stated) & of_names else find_names)(
        heard.said.written, kb
    )
    if not names and _may_be_a_name(heard, state, rule):
        names = names_in_answer(heard.said.written, kb)
    if not names:
        return heard
    asked = set(meaning.targets) & of_names
    quoted = renaming and is_quoted(heard.said.written)
    in_question = asked or quoted or set(state.stated) & of_names or _judged(names, heard, kb)
    if rule in meaning.targets or not in_question:
        return heard
    unsure = meaning.outcome != "answer" or not set(meaning.targets) & set(kb.facts)
    keeps = () if unsure or set(meaning.targets) <= set(state.stated) else meaning.targets
    return replace(heard, meaning=replace(meaning, outcome="answer", targets=(rule, *keeps), manner="ask"))


def _may_be_a_name(heard: Heard, state: Discourse, rule: str) -> bool:
    """Whether a short message after names were checked, of no meaning of its own, may put one more forward:
    绿叶书屋呢."""
    unread = heard.meaning.outcome != "answer" or heard.meaning.targets[:1] == (OUT_OF_SCOPE,)
    text = heard.said.text
    ends = text.endswith(_ASKS_OF_A_NAME) and heard.meaning.foreign < SURELY_FOREIGN
    return rule in state.stated and bool(state.checked) and unread and len(text) <= _LONGEST_NAME and ends


def _judged(names: list[str], heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message puts names forward to be judged: with a word that none may hold, or asking whether
    they will do (叫绿叶书屋行不行)."""
    after = heard.said.written.split(names[-1])[-1].strip(_BETWEEN)
    wants = len(after) <= _LONGEST_VERDICT and is_polar(after)
    return any(check_name(name, kb).broken for name in names) or wants
