"""What the second layer tells: facts of it, titles to choose from, one entry of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beian.answers.reply import Reply, button, uncovered
from beian.kb import KnowledgeBase, SupplementFact
from beian.kb.cells import UNCOVERED
from beian.meaning.said import LAST
from beian.meaning.state import Asked, Discourse
from beian.supplement.layer import Choice, Layer
from beian.supplement.words import block, entry_of, marker

CHOICE = "supplement"


def told_before(state: Discourse, layer: Layer) -> tuple[SupplementFact, ...]:
    """What was told last, as far as it still may be."""
    known = layer.kb.supplement.facts
    return tuple(known[name] for name in state.supplement if name in known and layer.visible(known[name]))


def tell(
    facts: Sequence[SupplementFact],
    theme: str | None,
    state: Discourse,
    kb: KnowledgeBase,
    point: str | None = None,
) -> tuple[Reply, Discourse]:
    """State facts of the layer. What the document says beside them stays that of the theme as it was read;
    `point` is what is asked, as the customer puts it."""
    about = _about(facts, theme)
    reply = uncovered(theme, kb, block=block(facts, kb), about=about, point=point)
    reply.extra["supplement"] = [entry_of(fact, kb) for fact in facts]
    return reply, replace(
        state,
        theme=f"{UNCOVERED}{about}",
        stated=(),
        last="uncovered",
        supplement=tuple(fact.id for fact in facts),
        asked=None,
        asked_back=0,
    )


def _about(facts: Sequence[SupplementFact], theme: str | None) -> str:
    """The theme that facts are told for: as it was read, where one of them answers that."""
    return theme if theme and any(theme in fact.themes for fact in facts) else facts[0].theme


def offer(
    choice: Choice, theme: str | None, state: Discourse, kb: KnowledgeBase, point: str | None = None
) -> tuple[Reply, Discourse]:
    """The titles of what may be meant, to choose from by button or by number; `point` as in `tell`."""
    titles = [fact.title for fact in choice.titles]
    listed = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    question = kb.phrase("supplement", "choose")
    about = _about(choice.titles, theme)
    listing = "\n".join([f"{marker(kb)}{question}", *listed])
    reply = uncovered(theme, kb, block=listing, about=about, point=point)
    reply.buttons = [button(fact.title, fact.question) for fact in choice.titles]
    reply.card = {"type": "choices", "title": question, "items": titles}
    return reply, replace(
        state,
        theme=f"{UNCOVERED}{about}",
        stated=(),
        last="uncovered",
        supplement=(),
        asked=Asked(CHOICE, tuple(fact.id for fact in choice.titles)),
    )


def entry(
    told: Sequence[SupplementFact], ordinal: int, theme: str | None, state: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """One numbered entry of a list that was told."""
    fact = next((fact for fact in told if fact.items), None)
    if fact is None:
        return None
    count = len(fact.items)
    place = count if ordinal == LAST else ordinal
    reply, after = tell((fact,), theme, state, kb)
    if place <= count:
        only = replace(fact, body=(("text", (_numbered(place, fact.items[place - 1], kb),)),))
    else:
        head = kb.phrase("supplement", "no_entry", number=str(place), count=str(count))
        only = replace(fact, body=(("text", (head,)), *fact.body))
    reply = uncovered(theme, kb, block=block((only,), kb))
    reply.extra["supplement"] = [entry_of(only, kb)]
    return reply, after


def _numbered(place: int, entry: str, kb: KnowledgeBase) -> str:
    return kb.phrase("supplement", "entry", number=str(place), entry=entry)
