"""Facts as text and cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from beian.contract.reply import Card, Source
from beian.kb import Fact, KnowledgeBase
from beian.kb.body import body_lines
from beian.meaning.state import Discourse

MOST_CHARACTERS = 900


def fact_text(fact: Fact, lead: str | None = None) -> str:
    """A fact as plain text: paragraphs, bulleted lists, numbered steps."""
    lines = [*([lead] if lead else []), *body_lines(fact.body)]
    return "\n".join(lines)


def lead_of(fact: Fact, state: Discourse, kb: KnowledgeBase, detail: str | None = None) -> str | None:
    """The opening sentence for the customer's own item and those that change with it, or for a `detail` of
    the person that it is, where the fact has one for it."""
    item = kb.term("item", state.focus.item) if state.focus.item else None
    if not fact.lead or item is None or item.change_type != fact.when.get("change_type"):
        return None
    part = kb.name_of("item", detail) if detail and item.person else None
    if part:
        return fact.lead.format(item=f"{item.name}的{part}")
    client, own = state.focus.client, state.matters or (state.focus,)
    items = [kb.term("item", one.item) for one in own if one.item and one.client == client]
    names = [one.name for one in items if one and one.change_type == item.change_type]
    return fact.lead.format(item="、".join(dict.fromkeys(names)))


def _lead_among(fact: Fact, state: Discourse, kb: KnowledgeBase) -> str | None:
    """The opening sentence for the change in hand, else for another one of this customer."""
    others = (one for one in state.matters if one.client == state.focus.client)
    leads = (lead_of(fact, replace(state, focus=one), kb) for one in (state.focus, *others))
    return next((lead for lead in leads if lead), None)


def facts_text(
    facts: list[Fact], state: Discourse, kb: KnowledgeBase, instead: Mapping[str, str] | None = None
) -> str:
    """Several facts as one text; each under its title when there is more than one.

    `instead` holds texts worked out for this customer, by fact.
    """
    leads = [_lead_among(fact, state, kb) if len(facts) > 1 else lead_of(fact, state, kb) for fact in facts]
    if len(facts) == 1:
        return (instead or {}).get(facts[0].id) or fact_text(facts[0], leads[0])
    # beside others the sentence on the customer's own item is enough
    texts = [
        (instead or {}).get(fact.id) or lead or fact_text(fact)
        for fact, lead in zip(facts, leads, strict=True)
    ]
    return "\n\n".join(f"【{fact.title}】\n{text}" for fact, text in zip(facts, texts, strict=True))


def card_of(facts: list[Fact]) -> Card | None:
    """A card for the first fact that has one: its type, title and entries (all in the text too)."""
    for fact in facts:
        if fact.card and fact.items:
            return {"type": fact.card, "title": fact.title, "items": list(fact.items), "fact": fact.id}
    return None


def source_of(fact: Fact) -> Source:
    """Where a fact comes from."""
    return {"fact": fact.id, "section": fact.section_path, "layer": fact.layer}
