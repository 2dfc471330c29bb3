"""What a word of the document means: the question for it, of one word or of two side by side."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.reply import Reply, answered
from beian.hearing.heard import Heard
from beian.hearing.questions import meaning_asked, side_by_side
from beian.kb import Definition, KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.state import Discourse

_EDGES = "“”\"'《》‘’「」『』 "


def defined(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The reply to a message that asks for nothing but the meaning of a word of the document, or how two of
    them differ, and the state after it; None for any other."""
    text = heard.said.text
    word = meaning_asked(text)
    alone = _named(word, kb) if word else None
    pair = None if alone else side_by_side(text)
    found = [_named(one, kb) for one in pair] if pair else [alone]
    known = [one for one in found if one]
    if not known or len(known) < len(found):
        return None
    facts = tuple(dict.fromkeys(fact for one in known for fact in one.facts))
    manner = "compare" if len(known) > 1 else "meaning"
    after = replace(advance(state, facts, manner, heard.said, kb), focus=state.focus, matters=state.matters)
    reply = answered(facts, after, kb)
    lines = [one.text for one in known]
    reply.text = "\n".join([kb.phrase("compare", "other"), *lines] if len(lines) > 1 else lines)
    reply.card = None
    return reply, replace(after, asked=None)


def _named(word: str, kb: KnowledgeBase) -> Definition | None:
    """The definition that a word is a name of, and nothing but a name."""
    bare = word.strip(_EDGES)
    return next(
        (one for one in kb.definitions if bare in {name.casefold() for name in one.names}),
        None,
    )
