"""What a message asks: the label of the whole, and of its parts where several questions stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from beian.arrays import Array
from beian.nlu.evidence import Evidence, Notice
from beian.nlu.labels import kind_of
from beian.nlu.model import Example, LabelModel
from beian.nlu.pieces import closings_of, cut_up, encoded_of
from beian.nlu.questions import questions_in
from beian.text.clauses import denies, notice_lines

RANKED = 5
# A line of a notice is read with the words that people put before a reason.
REJECTION = "rejection"
AS_A_REASON = "驳回原因:"
MAYBE_A_NOTICE = 0.3

Prepare = Callable[[str], Example]
Encode = Callable[[Sequence[str]], Array]


@dataclass
class Understanding:
    """What a message asks. `questions` holds the labels of its questions in order, most often one;
    `ranking` the likeliest labels of the whole message with their probabilities, best first;
    `kinds` the summed probability of each kind of label (see `labels.kind_of`); `outcome` and
    `labels` what to do about it (see `decide`)."""

    text: str
    questions: list[str]
    confidence: float
    ranking: list[tuple[str, float]]
    kinds: dict[str, float] = field(default_factory=dict)
    outcome: str = "answer"
    labels: tuple[str, ...] = ()
    evidence: Evidence | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for the message that Rasa stores: all but the evidence."""
        return asdict(replace(self, evidence=None))


def understand(
    model: LabelModel,
    texts: Sequence[str],
    prepare: Prepare,
    own_subjects: frozenset[str] = frozenset(),
    encode: Encode | None = None,
) -> list[Understanding]:
    """Classify normalised messages, and their parts where several questions stand in one.

    All go through the model at once, which reads its weights once for all of them. A message that is
    surely of one of `own_subjects` (labels) asks about that alone. `encode` gives the sentence vectors where
    the model need not make all of them.
    """
    if not texts:
        return []
    cut = [(text, *cut_up(text)) for text in texts]
    pieces = encoded_of(cut)
    others = list(
        dict.fromkeys(
            clause for text, clauses, segments in cut for clause in clauses if clause not in (text, *segments)
        )
    )
    examples = [prepare(piece) for piece in pieces]
    vectors = (encode or model.vectors)([example.text for example in examples])
    chances = dict(zip(pieces, model.probabilities(examples, vectors), strict=True))
    by_words: dict[str, Array] = {}
    if others:
        unknown = np.zeros((len(others), vectors.shape[1]), dtype=np.float32)
        read = model.probabilities([prepare(clause) for clause in others], unknown)
        by_words = dict(zip(others, read, strict=True))
    places = {piece: place for place, piece in enumerate(pieces)}

    def domain(piece: str) -> Array:
        example = examples[places[piece]]
        return model.domain.of(example.text, example.tokens)

    def alone(piece: str) -> Evidence:
        return Evidence.of_one(piece, chances[piece], vectors[places[piece]], domain(piece))

    found = []
    for text, clauses, segments in cut:
        parts = tuple(map(alone, segments))
        # the same whatever arrives beside it: another message may ask what is a mere clause here
        own = by_words | {piece: chances[piece] for piece in (text, *segments)}
        denied = [own[clause] for clause in clauses if denies(clause)] if len(clauses) > 1 else []
        evidence = Evidence(
            text,
            chances[text],
            own[clauses[0]] if clauses else chances[text],
            own[clauses[-1]] if clauses else chances[text],
            np.mean(denied, axis=0) if denied else None,
            parts,
            vectors[places[text]],
            _notice(model, text, chances[text], prepare),
            numbered=len(parts) > 1 and notice_lines(text)[1],
            domain=domain(text),
            clauses=tuple((clause, (chances if clause in chances else own)[clause]) for clause in clauses),
            closings=tuple(map(alone, closings_of(clauses))),
        )
        asked = [(segment, chances[segment]) for segment in segments]
        understanding = _understanding(model.labels, text, chances[text], asked, own_subjects)
        found.append(replace(understanding, evidence=evidence))
    return found


def _notice(model: LabelModel, text: str, chance: Array, prepare: Prepare) -> Notice:
    """The lines of a message that may be a notice of rejection, each read as a reason for one."""
    lines, numbered = notice_lines(text)
    about = [place for place, label in enumerate(model.labels) if REJECTION in label]
    if len(lines) < 2 or float(chance[about].sum()) < MAYBE_A_NOTICE:
        return Notice()
    read = model.probabilities([prepare(f"{AS_A_REASON}{line}") for line in lines])
    return Notice(tuple(zip(lines, read, strict=True)), numbered)


def _understanding(
    labels: list[str],
    text: str,
    chance: Array,
    parts: Sequence[tuple[str, Array]],
    own_subjects: frozenset[str],
) -> Understanding:
    order = np.argsort(-chance)[:RANKED]
    kinds: dict[str, float] = {}
    for label, value in zip(labels, chance.tolist(), strict=True):
        kind = kind_of(label)
        kinds[kind] = kinds.get(kind, 0.0) + value
    questions = questions_in(labels, chance, parts, own_subjects)
    return Understanding(
        text=text,
        questions=questions or [labels[order[0]]],
        confidence=round(float(chance[order[0]]), 4),
        ranking=[(labels[place], round(float(chance[place]), 4)) for place in order],
        kinds={kind: round(value, 4) for kind, value in kinds.items()},
    )
