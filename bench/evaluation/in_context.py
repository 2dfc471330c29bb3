"""How well messages are read where they stand: whole families of the trees left out of the training.

The classifier stays as it is (it never sees the trees). Families of one name (access, access_more) are left
out together, as their states are alike. What a message holds of words and vectors is described once for all
groups: weights of n-grams that only the left-out families have stay at nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.candidates import Candidates, candidates_of
from beian.meaning.data import MANNERS, Line
from beian.meaning.matrices import Matrices, matrices_of, words_of
from beian.meaning.model import ContextualModel
from beian.meaning.state import Discourse
from beian.progress import report
from beian.reading.meaning import Meaning
from beian.reading.reader import Reader
from bench.evaluation.calibration import bins_of, expected_error
from bench.evaluation.contextual import Material, acceptable, chances_of, covers, fit, top_acceptable

GROUPS = 5
SHARES = (0.25, 0.5, 0.75, 1.0)
# The learning curve is told well enough by some of the groups; it takes most of the time.
CURVE_GROUPS = 2
SEED = 20261127
CONFIDENCES = (0.0, 0.3, 0.5, 0.7, 0.9, 0.97, 1.01)
TOP = 3


@dataclass(frozen=True)
class Row:
    """One left-out line. `top`: its likeliest target is acceptable; `top3`: one of the three likeliest is;
    `acted`: what is acted on comes to exactly an acceptable meaning, `covered`: to one and perhaps more;
    `asked`: nothing is, it asks back; `free` and `free_top`: as `acted` and `top` when the state before is
    what the model itself made of the conversation; `alone`: as `top` of the message by itself, as the
    classifier has it."""

    family: str
    manner: str
    follows: bool
    fact: bool
    alone: bool
    top: bool
    top3: bool
    acted: bool
    covered: bool
    asked: bool
    free_top: bool
    free: bool
    manner_right: bool
    chance: float


def measure(
    material: Material, kb: KnowledgeBase, folds: int = GROUPS, shares: Sequence[float] = SHARES
) -> dict[str, Any]:
    """Leave out each of the first `folds` of the GROUPS of families in turn; for the first CURVE_GROUPS train
    on `shares` of the other trees as well."""
    candidates = candidates_of(kb, material.labels)
    turns = material.turns(kb)
    words = words_of(turns)
    report(f"reading in context: {len(material.lines)} lines, {len(turns)} examples")
    data = matrices_of(turns, candidates, words)
    group = groups_of(material.lines)
    count = len(material.lines)
    rows: list[Row] = []
    curve: dict[float, list[bool]] = {share: [] for share in shares}
    for number in range(folds):
        held = np.flatnonzero(group == number)
        for share in shares if number < CURVE_GROUPS else (1.0,):
            kept = _kept(material.lines, group != number, share)
            train = np.concatenate([np.flatnonzero(kept), np.arange(count, len(turns))])
            model = fit(data.rows(train), candidates, material.labels, words)
            report(f"families {number + 1} of {folds}, {share:.0%} of the other turns")
            read = _by_vectors(model, data, held, candidates, material.lines, kb)
            if number < CURVE_GROUPS:
                curve[share] += [one["top"] for place, one in read.items() if _follows(material.lines[place])]
            if share == 1.0:
                rows += _rows(model, material, read, held, kb)
    return {**figures(rows), "groups": folds, "curve": _curve(curve, material.lines)}


def groups_of(lines: Sequence[Line], count: int = GROUPS) -> np.ndarray:
    """The group (n,) of each line: families of one name together, groups of about one size."""
    sizes: dict[str, int] = defaultdict(int)
    for line in lines:
        sizes[_name(line.family)] += 1
    groups, filled = {}, [0] * count
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        groups[name] = filled.index(min(filled))
        filled[groups[name]] += sizes[name]
    return np.array([groups[_name(line.family)] for line in lines])


def _name(family: str) -> str:
    return family.partition("_")[0].rstrip("0123456789")


def _follows(line: Line) -> bool:
    return line.parent is not None


def _kept(lines: Sequence[Line], among: np.ndarray, share: float) -> np.ndarray:
    """The lines of `among` to train on: whole trees, until they are this share of them."""
    if share >= 1.0:
        return among
    roots: list[int] = []
    for place, line in enumerate(lines):
        roots.append(place if line.parent is None else roots[line.parent])
    root = np.array(roots)
    kept = np.zeros(len(lines), dtype=bool)
    openings = np.unique(root[among])
    for opening in np.random.default_rng(SEED).permutation(openings).tolist():
        if kept.sum() >= share * among.sum():
            break
        kept |= root == opening
    return kept


def _by_vectors(
    model: ContextualModel,
    data: Matrices,
    held: np.ndarray,
    candidates: Candidates,
    lines: Sequence[Line],
    kb: KnowledgeBase,
) -> dict[int, dict[str, Any]]:
    """By line: whether the likeliest targets after the true state are acceptable."""
    chances, manners = chances_of(model, data.rows(held), candidates)
    found = {}
    for place, chance, manner in zip(held.tolist(), chances, manners, strict=True):
        order = np.argsort(-chance)[:TOP]
        right = [top_acceptable(candidates.targets[at], lines[place].accept, kb) for at in order.tolist()]
        found[place] = {
            "top": right[0],
            "top3": any(right),
            "chance": float(chance[order[0]]),
            "manner_right": MANNERS[int(manner.argmax())] == lines[place].manner,
        }
    return found


def _rows(
    model: ContextualModel,
    material: Material,
    read: dict[int, dict[str, Any]],
    held: np.ndarray,
    kb: KnowledgeBase,
) -> list[Row]:
    reader, candidates = Reader(model, kb), candidates_of(kb, material.labels)
    states = material.states(kb)
    rolled: dict[int, Discourse] = {}
    rows = []
    for place in held.tolist():
        line, heard = material.lines[place], material.heard[place]
        given = reader.read(heard.evidence, heard.entities, states[place])
        before = rolled[line.parent] if line.parent is not None else Discourse()
        free = reader.read(heard.evidence, heard.entities, before)
        rolled[place] = after(before, free, heard.said, kb)
        alone = candidates.targets[int(candidates.chances(heard.evidence.whole).argmax())]
        rows.append(
            Row(
                line.family,
                line.manner,
                _follows(line),
                any(kb.facts_of_label(target) for target in line.accept[0]),
                alone=top_acceptable(alone, line.accept, kb),
                acted=acceptable(given.targets, line.accept, kb),
                covered=covers(given.targets, line.accept, kb),
                asked=given.outcome != "answer",
                free_top=top_acceptable(free.ranking[0][0], line.accept, kb),
                free=acceptable(free.targets, line.accept, kb),
                **read[place],
            )
        )
    return rows


def after(before: Discourse, meaning: Meaning, said: Any, kb: KnowledgeBase) -> Discourse:
    """The state after a reading; a question back only takes in what the message tells."""
    if meaning.outcome == "answer":
        return advance(before, meaning.targets, meaning.manner, said, kb)
    return advance(before, (), "tell", said, kb)


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """The shares over the lines that follow another, altogether, by family and by manner."""
    follow = [row for row in rows if row.follows]
    by_confidence = []
    for low, high in pairwise(CONFIDENCES):
        inside = [row for row in follow if low <= row.chance < high]
        if inside:
            by_confidence.append({"low": low, "high": min(high, 1.0), **_shares(inside)})
    bins = bins_of([row.chance for row in follow], [row.top for row in follow])
    return {
        "all": _shares(follow),
        "openings": _shares([row for row in rows if not row.follows]),
        "facts": _shares([row for row in follow if row.fact]),
        "others": _shares([row for row in follow if not row.fact]),
        "families": _grouped(follow, lambda row: row.family),
        "manners": _grouped(follow, lambda row: row.manner),
        "confidence": by_confidence,
        "ece": expected_error(bins),
    }


def _shares(rows: Sequence[Row]) -> dict[str, float]:
    names = ("alone", "top", "top3", "acted", "covered", "asked", "free_top", "free", "manner_right")
    return {
        "n": len(rows),
        **{name: sum(getattr(row, name) for row in rows) / max(1, len(rows)) for name in names},
    }


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {
        name: _shares(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))
    }


def _curve(curve: dict[float, list[bool]], lines: Sequence[Line]) -> list[dict[str, float]]:
    """The points of the learning curve: the share of the trees trained on, about how many turns that is."""
    others = len(lines) * (GROUPS - 1) / GROUPS
    return [
        {"share": share, "turns": round(share * others), "top": float(np.mean(right))}
        for share, right in curve.items()
    ]
