"""One reply in the public form (docs/reply.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from beian.answers.render import card_of, facts_text, source_of
from beian.contract.reply import Card, Choice, Status
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse

MOST_BUTTONS = 6
FEW = 3


@dataclass
class Reply:
    """What the assistant says: `text` is complete without the rest; `facts` are those it states."""

    status: Status
    text: str
    facts: tuple[str, ...] = ()
    buttons: list[Choice] = field(default_factory=list)
    card: Card | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def as_message(self, understood: dict[str, Any], kb: KnowledgeBase) -> dict[str, Any]:
        """The message's text, buttons and custom part."""
        custom: dict[str, Any] = {
            "status": self.status,
            "facts": list(self.facts),
            "sources": [source_of(kb.facts[fact]) for fact in self.facts],
            "understood": understood,
            "kb_version": kb.version,
            **self.extra,
        }
        if self.card:
            custom["card"] = self.card
        return {"text": self.text, "buttons": self.buttons, "custom": custom}


def button(title: str, payload: str | None = None) -> Choice:
    """A button whose payload is what a person would type."""
    return {"title": title, "payload": payload or title}


def question_buttons(facts: Iterable[str], kb: KnowledgeBase) -> list[Choice]:
    """Buttons that ask for facts or topics, at most MOST_BUTTONS, without repeats."""
    return [button(kb.question_of(fact)) for fact in list(dict.fromkeys(facts))[:MOST_BUTTONS]]


def next_buttons(
    facts: Sequence[str], kb: KnowledgeBase, state: Discourse | None = None, most: int = 3
) -> list[Choice]:
    """The next questions of the facts just stated; those stated, and those of another case, left out."""
    following = [after for fact in facts for after in kb.facts[fact].next if after not in facts]
    if state is not None:
        following = [fact for fact in following if _fits(fact, state, kb)] or following
    return question_buttons(list(dict.fromkeys(following))[:most], kb)


def _fits(fact_id: str, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a fact is for this item and this kind of subject, as far as both say."""
    fact = kb.facts.get(fact_id)
    if fact is None:
        return True
    known = {"item": state.focus.item, "subject_kind": state.focus.subject_kind}
    return all(known[key] in (None, fact.when[key]) for key in known if key in fact.when)


def answered(
    facts: Sequence[str], state: Discourse, kb: KnowledgeBase, instead: Mapping[str, str] | None = None
) -> Reply:
    """State facts; `instead` holds texts worked out for this customer, by fact."""
    found = [kb.facts[fact] for fact in facts]
    return Reply(
        status="answered",
        text=facts_text(found, state, kb, instead),
        facts=tuple(facts),
        buttons=next_buttons(facts, kb, state),
        card=card_of(found),
    )


def uncovered(
    theme_id: str | None,
    kb: KnowledgeBase,
    *,
    block: str | None = None,
    about: str | None = None,
    point: str | None = None,
) -> Reply:
    """Say that the document does not answer, what it does say nearby, and whom to ask.

    `block` is what the second layer has: a paragraph of its own between what the document says and where to
    turn; `about` is the theme of that, which may be another one. `point` is what is asked, as the customer
    puts it, where that can be repeated; else the theme is named.
    """
    theme = kb.themes.get(theme_id) if theme_id else None
    stated = [theme.stated] if theme and theme.stated else []
    group = "supplement" if block else "uncovered"
    named = kb.themes[about] if about and theme is None else theme
    if point:
        lines = [kb.phrase(group, "point", point=point)]
    elif named is None or (about and named.id != about):
        lines = [kb.phrase(group, "untitled")]
    else:
        # of what it does say something on, it is not all that is missing
        key = "not_said" if named.not_said else "partly" if stated else "text"
        lines = [kb.phrase(group, key, theme=named.title)]
    nearest: Sequence[str] = named.nearest if named else kb.starters[:2]
    if stated:
        text = facts_text([kb.facts[fact] for fact in stated], Discourse(), kb)
        lines.append(f"{kb.phrase('uncovered', 'stated')}\n{text}")
    lines += ["", block, ""] if block else []
    others = [fact for fact in nearest if fact not in ("contact.support", *stated)]
    if others:
        topics = "、".join(_topic(fact, kb) for fact in others)
        lines.append(kb.phrase("uncovered", "nearest", topics=topics))
    lines.append(kb.phrase("uncovered", "contact"))
    return Reply(
        status="uncovered",
        text="\n".join(lines),
        facts=tuple(dict.fromkeys(("contact.support", *stated))),
        buttons=question_buttons(others, kb),
        extra={"theme": theme.id} if theme else {},
    )


def _topic(fact_id: str, kb: KnowledgeBase) -> str:
    """What a fact is about; of rejections, which reasons the document knows."""
    title = kb.title_of(fact_id)
    if fact_id != "rejection.overview":
        return title
    reasons = [
        str(kb.name_of("rejection_reason", term.id)) for term in kb.terms if term.group == "rejection_reason"
    ]
    return f"{title}（{'、'.join(reasons)}）"


def clarify(text: str, choices: Sequence[str], kb: KnowledgeBase, facts: Sequence[str] = ()) -> Reply:
    """Ask back with titled choices (facts or topics)."""
    buttons = question_buttons(choices, kb)
    titles = "\n".join(f"{number}. {entry['title']}" for number, entry in enumerate(buttons, 1))
    card: Card = {
        "type": "choices",
        "title": text.splitlines()[-1],
        "items": [entry["title"] for entry in buttons],
    }
    return Reply("clarify", f"{text}\n{titles}", tuple(facts), buttons, card)


def starters(status: Status, text: str, kb: KnowledgeBase) -> Reply:
    """A sentence with the opening questions, in the text as well and as buttons."""
    buttons = question_buttons(kb.starters, kb)
    titles = "、".join(entry["title"] for entry in buttons[:FEW])
    return Reply(status, f"{text}{titles}。" if text.endswith("：") else text, buttons=buttons)
