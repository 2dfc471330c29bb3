"""Messages about what was just shown, though they were read as about something else beside it."""

from __future__ import annotations

from beian.answers.alike import asks_if_alike
from beian.answers.render import fact_text
from beian.hearing.heard import Heard
from beian.hearing.questions import meaning_asked
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

# From this chance on what is shown may be meant.
MAY_BE_IT = 0.15
_TYPE = "type"


def asks_after_a_word(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a word is asked after (联系方式指啥) that stands in the one statement that is shown, and in
    others that it was taken for."""
    meaning = heard.meaning
    if meaning.manner != "meaning" or len(state.stated) != 1 or set(meaning.targets) <= set(state.stated):
        return False
    shown = state.stated[0]
    likely = dict(meaning.ranking).get(shown, 0.0) >= MAY_BE_IT
    return likely and any(word in fact_text(kb.facts[shown]) for word in _words_of(heard))


def _words_of(heard: Heard) -> list[str]:
    """What a message names, as it is written: by an alias, or before the words that ask what it means."""
    word = meaning_asked(heard.said.text)
    return [*([word] if word else []), *(word for word in heard.said.words.values() if word)]


def asks_for_the_same_list(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a message read as about the type of a change asks if the list told last holds for it too."""
    told = kb.facts[state.stated[0]] if len(state.stated) == 1 else None
    read = kb.cells.get(heard.meaning.targets[0])
    of_type = read is not None and read.aspect == _TYPE
    return told is not None and bool(told.items) and of_type and asks_if_alike(heard)
