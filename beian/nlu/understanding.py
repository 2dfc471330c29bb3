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
from beian.text import patterns
from beian.text.clauses import denies, looks_like_question, notice_lines, question_segments, split_clauses

RANKED = 5
MOST_QUESTIONS = 3
# Of a message with more parts than anyone writes, the first are looked at.
MOST_PARTS = 10
# A statement beside another one and a question.
FEWEST_TELLING = 3
# A part of a message counts as a question of its own from this probability on.
SURE_PART = 0.4
# Less is enough where the whole message and the part agree as surely as AGREED.
AGREED = 0.8
LIKELY_PART = 0.2
CONTEXT_WEIGHT = 0.6
CONTEXT_FLOOR = 0.003
# A message that is as surely as this about something open or foreign is not searched for answers,
# or only for parts that are SURE_APART by themselves.
SURE_WHOLE = 0.9
SURE_APART = 0.8
# A line of a notice is read with the words that people put before a reason.
REJECTION = "rejection"
AS_A_REASON = "驳回原因:"
MAYBE_A_NOTICE = 0.3
# "And how?" after another question: the way, not a matter of its own.
_HOW_THEN = patterns.compile(
    r"^(?:那|该|我|现在|又|接下来)*(?:怎么|咋|如何|怎样)(?:办|弄|整|做|搞|处理|解决|操作)?(?:呢|啊|呀)?\??$"
)
HOW_LABEL = "procedure/overview"
# An act by itself; beside another question it asks for the type of the change at hand.
WHICH_LABEL = "which_type"
# What the document says in general is no second question beside a special one; by prefixes of labels.
_REASONS = ("rejection/materials", "rejection/info", "rejection/naming", "rejection/domain")
COVERED_BY = {
    "materials/overview": ("materials/subject", "materials/website"),
    "access/overview": ("access/server", "access/subject"),
    "rejection/overview": _REASONS,
    HOW_LABEL: _REASONS,
    WHICH_LABEL: ("type/",),
}

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


def encoded_pieces(texts: Sequence[str]) -> list[str]:
    """The normalised messages and those of their parts that are encoded: what is asked or told. The other
    clauses are read by their words alone, which costs a tenth."""
    return _encoded([(text, *_cut(text)) for text in texts])


def _encoded(cut: Sequence[tuple[str, list[str], list[str]]]) -> list[str]:
    return list(
        dict.fromkeys(
            piece for text, clauses, segments in cut for piece in (text, *segments, *_telling(clauses))
        )
    )


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
    cut = [(text, *_cut(text)) for text in texts]
    pieces = _encoded(cut)
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

    found = []
    for text, clauses, segments in cut:
        parts = tuple(
            Evidence.of_one(segment, chances[segment], vectors[places[segment]], domain(segment))
            for segment in segments
        )
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


def _cut(text: str) -> tuple[list[str], list[str]]:
    """(the clauses, the stretches that ask something): none where there is only one."""
    clauses = split_clauses(text)
    if len(clauses) < 2:
        return [], []
    lines, numbered = notice_lines(text)
    segments = lines if numbered else _segments(text)
    return list(dict.fromkeys(clauses)), segments


def _telling(clauses: Sequence[str]) -> list[str]:
    """The clauses that tell something, where there are so many that several things may be told."""
    if len(clauses) < FEWEST_TELLING:
        return []
    return [clause for clause in clauses if not (looks_like_question(clause) or denies(clause))]


def _segments(text: str) -> list[str]:
    """The stretches that ask something, where there are several."""
    segments = question_segments(text)
    return segments[:MOST_PARTS] if len(segments) > 1 else []


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
    questions = _parts(labels, chance, parts, own_subjects)
    return Understanding(
        text=text,
        questions=questions or [labels[order[0]]],
        confidence=round(float(chance[order[0]]), 4),
        ranking=[(labels[place], round(float(chance[place]), 4)) for place in order],
        kinds={kind: round(value, 4) for kind, value in kinds.items()},
    )


def _parts(
    labels: list[str],
    whole: Array,
    parts: Sequence[tuple[str, Array]],
    own_subjects: frozenset[str],
) -> list[str]:
    """The labels of two or three questions in one message; empty when it holds only one.

    `parts` are the stretches that ask something, with their probabilities; none when there is one alone.
    """
    surest = labels[int(np.argmax(whole))]
    kind = kind_of(surest)
    single = surest in own_subjects or kind not in ("answer", "uncovered")
    if not parts or (single and whole.max() >= SURE_WHOLE):
        return []
    least = SURE_APART if kind == "uncovered" and whole.max() >= SURE_WHOLE else SURE_PART
    found: list[str] = []
    for segment, alone in parts:
        if _HOW_THEN.match(segment):
            label = HOW_LABEL if any(before.startswith("type/") for before in found) else None
        else:
            label = _part(labels, alone, whole, found, least)
        if label and label not in found:
            found.append(label)
    found = _without_general(found)
    return found[:MOST_QUESTIONS] if len(found) > 1 else []


def _part(labels: list[str], alone: Array, whole: Array, found: list[str], least: float) -> str | None:
    """The label of a part, or None when it is unsure, no question, or asked already."""
    # What the whole message is about tips the scale for a part that leaves it out.
    chance = alone * (whole + CONTEXT_FLOOR) ** CONTEXT_WEIGHT
    chance /= chance.sum()
    best = int(np.argmax(chance))
    if labels[best] in found:
        chance, best = alone, int(np.argmax(alone))
    label = labels[best]
    kind = kind_of(label)
    if chance[best] < SURE_PART or (kind not in ("answer", "uncovered") and label != WHICH_LABEL):
        return None
    if chance[best] >= AGREED and least == SURE_PART:
        least = LIKELY_PART
    return None if kind == "answer" and alone[best] < least else label


def _without_general(labels: list[str]) -> list[str]:
    """The labels without those that a more special one among them answers as well."""
    return [
        label
        for label in labels
        if not any(other.startswith(special) for special in COVERED_BY.get(label, ()) for other in labels)
    ]
