"""Look an answer up: what the assistant would say, then what it finds likely, then what the texts hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

from beian.answers.render import fact_text
from beian.answers.reply import Reply
from beian.arrays import Array
from beian.calendar.today import today_in_china
from beian.dialogue.answer import reply_to
from beian.hearing.heard import heard_in
from beian.kb import Fact, KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.lookup.found import Found, Hit
from beian.lookup.phrasings import Phrasings, TextIndex
from beian.meaning.state import Discourse, Matter
from beian.nlu.data_check import DATA, read_messages
from beian.nlu.labels import fact_id, kind_of, label_of
from beian.text.normalize import letters_only

MOST_HITS = 8
SUPPLEMENT = "supplement"
# A label less likely than this is only shown when the texts hold the query as well.
LIKELY = 0.02
# Texts, and phrasings, less like the query than this share little more with it than common words.
ALIKE = 0.12
PHRASED_ALIKE = 0.3


class LookUp:
    """Finds facts for a query. `messages` are the training phrasings, (text, label)."""

    def __init__(self, kb: KnowledgeBase, messages: Iterable[tuple[str, str]]) -> None:
        known = [*messages, *((text, label_of(fact)) for text, fact in kb.questions.items())]
        self._phrasings = Phrasings([(text, label) for text, label in known if kind_of(label) == "answer"])
        self._read(kb)

    def _read(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._facts = list(kb.facts.values())
        self._whole = [letters_only(fact.title + fact.question + fact_text(fact)) for fact in self._facts]
        self._index = TextIndex([f"{fact.title} {fact.question} {fact_text(fact)}" for fact in self._facts])

    @classmethod
    def load(cls, kb: KnowledgeBase, data: Path = DATA) -> LookUp:
        """With the phrasings of data/nlu.yml; with the buttons' wording alone where that file is missing."""
        return cls(kb, read_messages(data) if data.is_file() else ())

    def with_knowledge(self, kb: KnowledgeBase) -> LookUp:
        """The same phrasings over a knowledge base with the same questions."""
        other = copy(self)
        other._read(kb)
        return other

    def find(
        self,
        query: str,
        parsed: Mapping[str, Any] | None,
        *,
        change_type: str | None = None,
        subject_kind: str | None = None,
        state: Discourse | None = None,
        today: date | None = None,
        most: int = MOST_HITS,
    ) -> Found:
        """The facts for a query that the pipeline understood as `parsed` (see Assistant.parse) after `state`.

        With a filter, facts for another change type or subject kind are left out, and the assistant's
        own answer is the one it would give in that case.
        """
        query = query.strip()
        if not query:
            return Found(query, None, None, [])
        likeness = self._phrasings.likeness(query)
        state = state or Discourse(focus=Matter(change_type=change_type, subject_kind=subject_kind))
        reply, ranked = self._understood(parsed, state, today or today_in_china())
        ranked += [(fact, None, "text", matched) for fact, matched in self._by_text(query, likeness)]
        hits: dict[str, Hit] = {}
        for fact, confidence, by, matched in ranked:
            if len(hits) == most:
                break
            if fact in hits or not _is_for(self.kb.facts[fact], change_type, subject_kind):
                continue
            matched = matched or self._nearest(fact, likeness)
            hits[fact] = _hit(self.kb.facts[fact], confidence, matched, by)
        if reply is None:
            return Found(query, None, None, list(hits.values()))
        return Found(query, reply.status, reply.text, list(hits.values()), self._sources(reply))

    def _sources(self, reply: Reply) -> list[dict[str, str]]:
        stated = [self.kb.facts[fact] for fact in reply.facts]
        sources = [{"title": f.title, "section": f.section_path, "layer": f.layer} for f in stated]
        for entry in reply.extra.get("supplement", ()):
            publishers = "、".join(dict.fromkeys(source["publisher"] for source in entry["sources"]))
            sources.append({"title": entry["title"], "section": publishers, "layer": SUPPLEMENT})
        return sources

    def _understood(
        self, parsed: Mapping[str, Any] | None, state: Discourse, today: date
    ) -> tuple[Reply | None, list[tuple[str, float | None, str, str | None]]]:
        if not (parsed or {}).get("meaning") or parsed is None:
            return None, []
        heard = heard_in(parsed, today, self.kb)
        meaning = heard.meaning
        chances = dict(meaning.ranking)
        ranked: list[tuple[str, float | None, str, str | None]] = []
        reply, _ = reply_to(heard, state, today, self.kb)
        if reply.status == "answered":
            for fact in reply.facts:
                ranked.append((fact, self._confidence(fact, chances, meaning.chance), "answer", None))
        for target, chance in chances.items():
            if chance >= LIKELY:
                ranked += [(fact, chance, "likely", None) for fact in self.kb.facts_of_label(target)]
        for target in meaning.targets:
            theme = (
                self.kb.themes.get(target.removeprefix(UNCOVERED)) if target.startswith(UNCOVERED) else None
            )
            ranked += [(fact, None, "text", None) for fact in (theme.nearest if theme else ())]
        return reply, ranked

    def _confidence(self, fact: str, chances: Mapping[str, float], otherwise: float) -> float:
        """How likely the target is that the fact was stated for; the message's own where that is unknown."""
        return next(
            (chance for target, chance in chances.items() if fact in self.kb.facts_of_label(target)),
            otherwise,
        )

    def _by_text(self, query: str, likeness: Array) -> list[tuple[str, str | None]]:
        """Facts whose texts hold the query or are like it, or one of whose phrasings is, best first."""
        scores = self._index.likeness(query)
        plain = letters_only(query)
        found: dict[str, tuple[float, str | None]] = {}
        for fact, whole, score in zip(self._facts, self._whole, scores, strict=True):
            holds = 1.0 if plain and plain in whole else 0.0
            if holds or score >= ALIKE:
                found[fact.id] = (float(score) + holds, None)
        for label, phrasing, score in self._phrasings.best(likeness, 12):
            if score < PHRASED_ALIKE and plain not in letters_only(phrasing):
                continue
            for fact_name in self.kb.facts_of_label(fact_id(label)):
                known = found.get(fact_name, (0.0, None))[0]
                found[fact_name] = (max(known, score), phrasing)
        order = sorted(found, key=lambda name: -found[name][0])
        return [(name, found[name][1]) for name in order]

    def _nearest(self, fact: str, likeness: Array) -> str | None:
        """The phrasing of the fact, or of a topic it belongs to, nearest to the query."""
        labels = [label_of(fact)]
        labels += [label_of(topic.id) for topic in self.kb.topics.values() if fact in topic.facts]
        for label in labels:
            found = self._phrasings.nearest(label, likeness)
            if found:
                return found
        return None


def _is_for(fact: Fact, change_type: str | None, subject_kind: str | None) -> bool:
    return all(
        wanted is None or fact.when.get(key) in (None, wanted)
        for key, wanted in (("change_type", change_type), ("subject_kind", subject_kind))
    )


def _hit(fact: Fact, confidence: float | None, matched: str | None, by: str) -> Hit:
    return Hit(
        fact=fact.id,
        title=fact.title,
        text=fact_text(fact),
        section=fact.section_path,
        layer=fact.layer,
        confidence=None if confidence is None else round(confidence, 4),
        matched=matched,
        by=by,
        change_type=fact.when.get("change_type"),
        subject_kind=fact.when.get("subject_kind"),
    )
