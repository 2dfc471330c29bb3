"""What is made of subjects that were never seen: whole open themes and foreign labels left out of training.

In each of 8 folds an eighth of the themes and of the foreign labels is left out altogether, and a sixteenth
of the rest (the seen ones). Everything is trained anew without them, as `make train` does it: the classifier
with its counterfactual copies, and the reading in context on that classifier's evidence. The final reading
would not do: it has word weights for themes and foreign subjects from messages of the labels left out. Themes
left out are not among the candidates either, and lines of the trees about them are dropped. Every message is
read as the first of a conversation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from beian.engine.components.label_classifier import LabelClassifier
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import facts_of
from beian.meaning.candidates import candidates_of, target_of
from beian.meaning.data import Line, read_lines
from beian.meaning.said import said_of
from beian.meaning.state import Discourse
from beian.meaning.training import train
from beian.nlu import encoders
from beian.nlu.counterfactual import copies_of
from beian.nlu.decide import decide
from beian.nlu.entities import build_pipeline, find_entities
from beian.nlu.evidence import Evidence
from beian.nlu.label_training import train_model
from beian.nlu.labels import fact_id, kind_of
from beian.nlu.model import LabelModel
from beian.nlu.understanding import Understanding, understand
from beian.progress import report
from beian.reading.meaning import Meaning
from beian.reading.reader import Reader
from bench.evaluation.contextual import Heard, Material
from bench.evaluation.ours import Prepared, Understander

FOLDS = 8
SEEN_SHARE = 16
SEED = 20261127
# These are no subjects that could be new.
NO_SUBJECT = frozenset({"out_of_scope/gibberish", "out_of_scope/other_language"})
GROUPS = ("answer", "seen_uncovered", "seen_out_of_scope", "act", "new_uncovered", "new_out_of_scope")
VERDICTS = ("right", "near", "wrong")
_AT_ONCE = 64


@dataclass(frozen=True)
class Fold:
    """`hidden`: labels left out altogether; `test`: places of the messages that are asked (theirs, and some
    of the others); the rest is trained on."""

    hidden: frozenset[str]
    test: np.ndarray


def folds_of(labels: Sequence[str]) -> list[Fold]:
    """The FOLDS of messages with these labels, the same for the same labels."""
    random = np.random.default_rng(SEED)
    hidden: list[set[str]] = [set() for _ in range(FOLDS)]
    for kind in ("uncovered", "out_of_scope"):
        closed = sorted({label for label in labels if kind_of(label) == kind} - NO_SUBJECT)
        for place, label in enumerate(random.permutation(closed).tolist()):
            hidden[place % FOLDS].add(label)
    sixteenth = random.permutation(len(labels)) % SEEN_SHARE
    return [
        Fold(
            frozenset(names),
            np.flatnonzero(np.array([label in names for label in labels]) | (sixteenth == number)),
        )
        for number, names in enumerate(hidden)
    ]


def measure(data: Prepared, kb: KnowledgeBase, folds: int = FOLDS) -> dict[str, Any]:
    """The first `folds` of the FOLDS. Returns for each of GROUPS the shares of VERDICTS, by the whole reading
    and by the classifier's own decision, and the worst of the labels left out."""
    labels = [data.names[place] for place in data.target]
    found: dict[str, dict[str, Counter[str]]] = {
        "reading": defaultdict(Counter),
        "classifier": defaultdict(Counter),
    }
    by_label: dict[str, Counter[str]] = defaultdict(Counter)
    for number, fold in enumerate(folds_of(labels)[:folds], 1):
        report(f"open set, fold {number} of {folds}: without {len(fold.hidden)} labels")
        system = System(data, labels, fold, kb)
        for place, alone, meaning in system.read(fold.test):
            label = labels[place]
            group = _group(label, fold.hidden)
            verdict = judge(label, meaning, kb)
            found["reading"][group][verdict] += 1
            found["classifier"][group][_of_classifier(label, alone, kb)] += 1
            if label in fold.hidden:
                by_label[label][verdict] += 1
    return {
        "folds": folds,
        "messages": len(labels),
        **{name: {group: _shares(counts[group]) for group in GROUPS} for name, counts in found.items()},
        "labels": {label: _shares(counts) for label, counts in sorted(by_label.items())},
    }


def judge(label: str, meaning: Meaning, kb: KnowledgeBase) -> str:
    """Right, near (nothing false is asserted) or wrong (answered, with another fact or at all)."""
    facts = facts_of(meaning.targets, kb) if meaning.outcome == "answer" else ()
    kind = kind_of(label)
    if kind == "answer":
        if set(kb.facts_of_label(fact_id(label))) & set(facts):
            return "right"
        return "wrong" if facts else "near"
    if facts:
        return "wrong"
    first = meaning.targets[0] if meaning.outcome == "answer" and meaning.targets else ""
    return "right" if _kind_of_target(first) in _ACCEPTED[kind] else "near"


# An act is as good a refusal of a foreign subject: nothing of the document is said.
_ACCEPTED = {"uncovered": ("uncovered",), "out_of_scope": ("out_of_scope", "act"), "act": ("act",)}


def _kind_of_target(target: str) -> str:
    if not target:
        return ""
    if target.startswith(UNCOVERED):
        return "uncovered"
    return "out_of_scope" if target == OUT_OF_SCOPE else "act"


def _of_classifier(label: str, understanding: Understanding, kb: KnowledgeBase) -> str:
    decision = decide(understanding)
    answers = decision.outcome not in ("ask", "not_understood")
    targets = tuple(target_of(name) for name in decision.labels)
    if decision.outcome == "uncovered" and not targets:
        targets = (UNCOVERED,)
    return judge(label, Meaning("answer" if answers else "ask", targets), kb)


def _group(label: str, hidden: frozenset[str]) -> str:
    kind = kind_of(label)
    if kind in ("answer", "act"):
        return kind
    return f"new_{kind}" if label in hidden else f"seen_{kind}"


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    return {"n": total, **{verdict: counts[verdict] / max(1, total) for verdict in VERDICTS}}


class System:
    """Classifier and reading trained without a fold's messages."""

    def __init__(self, data: Prepared, labels: Sequence[str], fold: Fold, kb: KnowledgeBase) -> None:
        themes = {name: theme for name, theme in kb.themes.items() if f"{UNCOVERED}{name}" not in fold.hidden}
        self._kb = replace(kb, themes=themes)
        self._nlp = build_pipeline(kb)
        self._understander = Understander(self._kb)
        self._data = data
        kept = np.setdiff1d(np.arange(len(labels)), fold.test)
        self._model, held = self._classifier(kept, labels)
        self._reader = self._reading(held, read_lines())

    def read(self, places: np.ndarray) -> Iterator[tuple[int, Understanding, Meaning]]:
        """Of each message what the classifier makes of it, and what it means as a first message."""
        texts = [self._data.examples[place].text for place in places.tolist()]
        for place, understanding in zip(places.tolist(), self._understood(texts), strict=True):
            heard = self._heard(understanding)
            yield place, understanding, self._reader.read(heard.evidence, heard.entities, Discourse())

    def _classifier(
        self, kept: np.ndarray, labels: Sequence[str]
    ) -> tuple[LabelModel, list[tuple[Evidence, str]]]:
        examples = [self._data.examples[place] for place in kept.tolist()]
        names = [labels[place] for place in kept.tolist()]
        known = {example.text for example in self._data.examples}
        pairs = [(example.text, name) for example, name in zip(examples, names, strict=True)]
        copies = [
            (text, name) for text, name in copies_of(pairs, self._kb.foreign_objects) if text not in known
        ]
        examples += [self._understander.prepare(text) for text, _ in copies]
        names += [name for _, name in copies]
        vectors = np.concatenate(
            [
                self._data.vectors[kept],
                encoders.encode_many(encoders.ENCODER, [text for text, _ in copies]),
            ]
        )
        component = LabelClassifier(self._kb, cast(ModelStorage, None), Resource("evaluation"))
        held: list[tuple[Evidence, str]] = []

        def keep(places: np.ndarray, unaware: LabelModel, unseen: bool) -> None:
            held.extend(component.handed_on.held_out(places, unaware, unseen, examples, names, vectors))

        return train_model(examples, names, vectors, report, keep), held

    def _reading(self, held: Sequence[tuple[Evidence, str]], lines: Sequence[Line]) -> Reader:
        candidates = candidates_of(self._kb, self._model.labels)
        meant = {target for line in lines for option in line.accept for target in option}
        kept = without(lines, meant - set(candidates.targets))
        heard = [self._heard(one) for one in self._understood([line.user for line in kept], written=True)]
        singles = [
            (
                Heard(evidence, (), said_of(evidence.text, self._entities(evidence.text), self._kb)),
                target_of(label),
            )
            for evidence, label in held
        ]
        material = Material(tuple(kept), tuple(heard), tuple(singles), tuple(self._model.labels))
        return Reader(train(material.turns(self._kb), candidates, material.labels, report), self._kb)

    def _understood(self, texts: Sequence[str], written: bool = False) -> Iterator[Understanding]:
        """Texts as prepared, or as they are written."""
        for begun in range(0, len(texts), _AT_ONCE):
            portion = list(texts[begun : begun + _AT_ONCE])
            if written:
                portion = [self._understander.prepare(text).text for text in portion]
            yield from understand(self._model, portion, self._understander.prepare_read)

    def _heard(self, understanding: Understanding) -> Heard:
        evidence = understanding.evidence
        assert evidence is not None
        entities = self._entities(evidence.text)
        return Heard(evidence, entities, said_of(evidence.text, entities, self._kb))

    def _entities(self, text: str) -> list[dict[str, Any]]:
        return find_entities(self._nlp, text)


def without(lines: Sequence[Line], hidden: Set[str]) -> list[Line]:
    """The lines of the trees without those that may mean something hidden, and what follows them."""
    place_of: dict[int, int] = {}
    kept: list[Line] = []
    for place, line in enumerate(lines):
        lost = line.parent is not None and line.parent not in place_of
        if lost or any(target in hidden for option in line.accept for target in option):
            continue
        place_of[place] = len(kept)
        kept.append(line if line.parent is None else replace(line, parent=place_of[line.parent]))
    return kept
