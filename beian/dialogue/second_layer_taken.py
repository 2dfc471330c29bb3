"""Which message counts as about an open theme: the layer surely has it, and the reading was unsure."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.worked import to_check
from beian.hearing.day_questions import asks_when
from beian.hearing.day_words import ROLES
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.state import Discourse
from beian.reading.meaning import Meaning
from beian.supplement.choose import Read
from beian.supplement.layer import layer_of

# What was taken for none of our subjects, or not understood, is the layer's only where it is sure.
SURE_AGAINST_FOREIGN = 0.8
SURE_AGAINST_NOTHING = 0.6
# So is what was taken for a fact of the document, by a reading that was not SURELY it, nor by its words alone
# ITS_OWN_WORDS, and found it POSSIBLE that it is open: so none of 514 questions that the document answers is
# taken over, and 27 that it does not answer are.
SURE_AGAINST_THE_DOCUMENT = 0.7
SURELY = 0.9
SURELY_IN_TALK = 0.6
ITS_OWN_WORDS = 0.9
POSSIBLE = 0.02
SHORTEST_OF_ITS_OWN = 6
# Within an open theme a message that is no question by itself is about the theme, where that has an answer.
SURE_IN_THEME = 0.5
ELLIPTICAL = 0.6
# From here on a message says something of a fact of the document by its own words.
OF_A_FACT = 0.25
# In a theme that is being talked of a message is about it with this chance at least.
THEME_IN_HAND = 0.3


def instead(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as one about an open theme, where the layer surely has it and the reading was unsure."""
    meaning = heard.meaning
    further = _further(heard, state, kb)
    if further:
        return further
    limit = _limit(heard, state, kb)
    layer = layer_of(kb) if limit is not None else None
    if layer is None or limit is None:
        return heard
    choice = layer.choose(heard.said.text, read_in(heard, state, kb))
    if not choice.facts or choice.chance < limit:
        return heard
    target = f"{UNCOVERED}{choice.facts[0].theme}"
    if not _fits(target, heard, kb):
        return heard
    meaning = replace(meaning, outcome="answer", targets=(target,), manner="ask", choices=())
    return replace(heard, meaning=meaning)


def _further(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard | None:
    """A question that only makes sense after what was said, as one about the open theme in hand."""
    meaning = heard.meaning
    theme = (state.theme or "").removeprefix(UNCOVERED)
    if state.last != "uncovered" or theme not in kb.themes or meaning.manner not in ("ask", "item"):
        return None
    if not _of_one_fact(meaning, kb) or meaning.alone >= ELLIPTICAL or _of_a_known_day(heard, state, kb):
        return None
    if meaning.chance >= SURELY and (heard.said.named or heard.said.documents):
        # what it names makes it a question of its own
        return None
    if not _fits(f"{UNCOVERED}{theme}", heard, kb) or not _may_be(f"{UNCOVERED}{theme}", meaning, kb):
        return None
    layer = layer_of(kb)
    if layer is None:
        return None
    kind = state.focus.subject_kind
    choice = layer.choose(heard.said.text, Read.of_theme(theme), within=theme, subject_kind=kind)
    if not choice.facts or choice.chance < SURE_IN_THEME:
        return None
    meaning = replace(meaning, outcome="answer", targets=(f"{UNCOVERED}{theme}",), manner="ask", choices=())
    return replace(heard, meaning=replace(meaning, ranking=((f"{UNCOVERED}{theme}", 1.0),)))


def _fits(target: str, heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether no other item is named than the one that is open."""
    return target not in kb.cells or kb.cells[target].fits(heard.said.case())


def _may_be(target: str, meaning: Meaning, kb: KnowledgeBase) -> bool:
    """Whether a message may be about a theme by its own words. One that is not among its likely meanings is
    none where these words say something of a fact (先补盖章的，域名后面再说)."""
    itself, chance = meaning.itself
    return dict(meaning.ranking).get(target, 0.0) >= POSSIBLE or not (
        itself in kb.facts and chance >= OF_A_FACT
    )


def _of_a_known_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether it asks for what is counted from a day that the case has: 还有几天."""
    role = kb.cells[heard.meaning.targets[0]].awaits
    return role in ROLES and state.focus.span(str(role)) is not None and asks_when(heard.said.text)


def _limit(heard: Heard, state: Discourse, kb: KnowledgeBase) -> float | None:
    """How sure the layer must be to take a message over; None where the message is not its."""
    meaning = heard.meaning
    if meaning.notice or len(heard.said.text) < SHORTEST_OF_ITS_OWN:
        return None
    if meaning.outcome != "answer" or not meaning.targets:
        return SURE_AGAINST_NOTHING if state.asked is None else None
    if meaning.targets == (OUT_OF_SCOPE,):
        return SURE_AGAINST_FOREIGN
    return SURE_AGAINST_THE_DOCUMENT if _unsure(heard, state, kb) else None


def _unsure(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a question was taken for one fact of the document without being surely that. What follows upon
    facts of the document, answers or tells a day is about these."""
    meaning = heard.meaning
    if state.stated or state.asked or heard.days or meaning.manner != "ask" or not heard.said.asks:
        return False
    doubtful = meaning.chance < (SURELY if state.fresh else SURELY_IN_TALK) and meaning.alone < ITS_OWN_WORDS
    possible = doubtful and read_of(meaning).open >= POSSIBLE and _of_one_fact(meaning, kb)
    # 我72了可以当负责人不: the fact decides on what is told
    return possible and not (heard.today and to_check(meaning.targets[0], state, heard, heard.today, kb))


def _of_one_fact(meaning: Meaning, kb: KnowledgeBase) -> bool:
    """Whether a message was taken for one thing that the document has."""
    targets = meaning.targets
    return len(targets) == 1 and targets[0] in kb.cells and not targets[0].startswith(UNCOVERED)


def read_of(meaning: Meaning) -> Read:
    """How a message was read by itself, as the layer weighs it."""
    chances = {target: chance for target, chance in meaning.ranking if target.startswith(UNCOVERED)}
    themes = {target.removeprefix(UNCOVERED): chance for target, chance in chances.items()}
    otherwise = meaning.targets[:1] and not meaning.targets[0].startswith(UNCOVERED)
    foreign = dict(meaning.ranking).get(OUT_OF_SCOPE, 0.0)
    return Read(themes, sum(chances.values()), foreign, meaning.alone if otherwise else 0.0)


def read_in(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Read:
    """The same in its conversation: the chance of the theme in hand is not below its floor."""
    read = read_of(heard.meaning)
    in_hand = (state.theme or "").removeprefix(UNCOVERED)
    if in_hand not in kb.themes or f"{UNCOVERED}{in_hand}" not in heard.meaning.targets:
        return read
    chance = max(read.themes.get(in_hand, 0.0), THEME_IN_HAND)
    return replace(read, themes={**read.themes, in_hand: chance}, open=max(read.open, chance))
