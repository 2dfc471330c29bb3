"""Whether a reply is what a label asks for, judged from outside: its text, its facts, its status.

Texts are compared folded (NFKC, no blanks, lower case). In a label `a|b` means either. A reply that
names more facts than MOST_FACTS or is longer than MOST_CHARACTERS is a dump and right for nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from beian.kb import KnowledgeBase

MOST_FACTS = 4
MOST_CHARACTERS = 900
REFUSED = frozenset({"out_of_scope", "smalltalk", "handoff"})

Verdict = Literal["right", "near", "wrong"]


@dataclass(frozen=True)
class Wanted:
    """What a reply has to hold: one of each group of `includes`, none of `excludes`, every one of `facts`
    (`a|b`), one of the statuses of `status` ("" is any)."""

    includes: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True)
class Said:
    """A reply: folded `text`, `facts` and `status`, the open theme it names, the facts its buttons offer."""

    text: str
    facts: tuple[str, ...]
    status: str
    theme: str = ""
    offers: tuple[str, ...] = ()

    @classmethod
    def of(cls, message: Mapping[str, Any], kb: KnowledgeBase | None = None) -> Said:
        """From a message in Rasa's REST shape; without `kb` it offers nothing."""
        custom = message.get("custom") or {}
        questions = kb.questions if kb else {}
        payloads = [button.get("payload") for button in message.get("buttons") or ()]
        return cls(
            fold(message.get("text") or ""),
            tuple(custom.get("facts") or ()),
            str(custom.get("status") or ""),
            str(custom.get("theme") or ""),
            tuple(questions[payload] for payload in payloads if payload in questions),
        )


def fold(text: str) -> str:
    """A text as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def names_one(alternatives: str, facts: Iterable[str]) -> bool:
    """Whether one of `a|b` is among the facts."""
    return not set(alternatives.split("|")).isdisjoint(facts)


def lacks(wanted: Wanted, said: Said) -> list[str]:
    """What a reply lacks or has too much of, one short reason each; empty when it is right."""
    found = [] if said.text else ["no text"]
    found += [
        f"text lacks {'/'.join(group[:3])}"
        for group in wanted.includes
        if not any(fold(option) in said.text for option in group)
    ]
    found += [f"text has {option}" for option in wanted.excludes if fold(option) in said.text]
    found += [f"facts lack {one}" for one in wanted.facts if not names_one(one, said.facts)]
    if wanted.status and said.status not in wanted.status.split("|"):
        found.append(f"status {said.status}")
    return found + dumped(said)


def dumped(said: Said) -> list[str]:
    """Why a reply is too much of a reply, if it is."""
    found = [f"{len(said.facts)} facts"] if len(said.facts) > MOST_FACTS else []
    return found + ([f"{len(said.text)} characters"] if len(said.text) > MOST_CHARACTERS else [])


def judge_foreign(said: Said) -> Verdict:
    """The reply to a question that is none of the assistant's business: wrong if it answers."""
    if said.status in REFUSED:
        return "right"
    return "wrong" if said.status == "answered" else "near"


def judge_open(theme: str, said: Said) -> Verdict:
    """The reply to a question that the document leaves open (`theme`, `a|b`): near where it is refused as
    something else or asked back, wrong where it is answered."""
    if said.status in ("uncovered", "handoff"):
        return "right" if said.status == "handoff" or said.theme in theme.split("|") else "near"
    return "wrong" if said.status == "answered" else "near"


def judge_fact(facts: Sequence[str], said: Said) -> Verdict:
    """The reply to a question that facts answer: near where it does not assert anything else."""
    if not lacks(Wanted(facts=tuple(facts)), said):
        return "right"
    return "wrong" if said.status == "answered" else "near"


def parts_answered(
    facts: Sequence[str], open_themes: Sequence[str], said: Said, kb: KnowledgeBase
) -> list[bool]:
    """Of the questions in one message which are dealt with: the fact is stated, or the theme that the
    document leaves open is named as such. None of a reply that is too much."""
    if dumped(said):
        return [False] * (len(facts) + len(open_themes))
    return [names_one(one, said.facts) for one in facts] + [
        any(_is_named(theme, said, kb) for theme in one.split("|")) for one in open_themes
    ]


def _is_named(theme: str, said: Said, kb: KnowledgeBase) -> bool:
    return said.theme == theme or fold(kb.themes[theme].title) in said.text
