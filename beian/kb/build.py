"""The knowledge base out of files that were found to be right."""

from __future__ import annotations

from typing import Any

from beian.kb.definitions import build_definitions
from beian.kb.facts import Aspect, Fact, Theme, Topic
from beian.kb.model import Calendar, KnowledgeBase, Term
from beian.kb.papers import build_papers
from beian.kb.references import GROUPS
from beian.kb.rulings import build_rulings


def _tuples(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _theme(entry: dict[str, Any]) -> Theme:
    return Theme(
        **{
            **entry,
            "nearest": tuple(entry["nearest"]),
            "concerns": _tuples(entry.get("concerns", {})),
        }
    )


def build(data: dict[str, Any], version: str) -> KnowledgeBase:
    """Of the content of each file by its name. The supplement is not in it yet."""
    procedure, calendar, phrases = data["procedure"], data["calendar"], dict(data["phrases"])
    facts = {}
    for entry in procedure["facts"]:
        fields = dict(entry)
        blocks = [next(iter(block.items())) for block in fields.pop("body")]
        facts[entry["id"]] = Fact(
            body=tuple((kind, (value,) if kind == "text" else tuple(value)) for kind, value in blocks),
            section=tuple(fields.pop("section")),
            concerns=_tuples(fields.pop("concerns", {})),
            lists=tuple(fields.pop("lists", ())),
            next=tuple(fields.pop("next", ())),
            **fields,
        )
    terms = [
        Term(
            group=GROUPS[group],
            **{**entry, **{key: tuple(entry.get(key, ())) for key in ("aliases", "loose")}},
        )
        for group in GROUPS
        for entry in data["vocabulary"][group]
    ]
    return KnowledgeBase(
        title=procedure["title"],
        version=version,
        aspects={entry["id"]: Aspect(**entry) for entry in procedure["aspects"]},
        facts=facts,
        topics={t["id"]: Topic(**{**t, "facts": tuple(t["facts"])}) for t in procedure.get("topics", [])},
        themes={t["id"]: _theme(t) for t in data["themes"]["themes"]},
        terms=tuple(terms),
        plain_terms=tuple(data["vocabulary"]["terms"]),
        spellings=dict(data["vocabulary"]["spellings"]),
        forbidden_words=tuple(data["naming"]["forbidden_words"]),
        phone=data["contact"]["phone"],
        calendar=Calendar(
            submit_days=calendar["submit_deadline"]["calendar_days"],
            resubmit_days=calendar["resubmit_deadline"]["calendar_days"],
            review_days=tuple(calendar["review"]["working_days"]),
            minimum_age=calendar["minimum_age"]["years"],
        ),
        foreign_objects=tuple(name for names in data["foreign"].values() for name in names),
        papers=build_papers(data),
        definitions=build_definitions(data),
        rulings=build_rulings(data),
        starters=tuple(phrases.pop("starters")),
        phrases=phrases,
    )
