"""Numbers for the model: every candidate meaning described by what message and state say of it.

Sizes: K candidates, F features of a candidate, G gates (numbers of the message and the state as a whole).
All features are abstract: none names a fact, a theme or a word.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from beian.arrays import Array
from beian.kb.cells import SLOTS
from beian.meaning.candidates import KINDS, Candidates
from beian.meaning.said import LAST, Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence

FLOOR = 1e-6


def describe(candidates: Candidates, evidence: Evidence, said: Said, state: Discourse) -> tuple[Array, Array]:
    """(features (K, F), gates (G,)) of a message in a state."""
    chance = candidates.chances(evidence.whole)
    first = candidates.chances(evidence.first)
    final = candidates.chances(evidence.last)
    by_aspect = _summed(chance, candidates.aspects)
    by_scope = _summed(chance, candidates.scopes)
    denied = candidates.chances(evidence.denied) if evidence.denied is not None else candidates.none()
    features = [
        np.log(chance + FLOOR),
        np.log(by_aspect + FLOOR),
        np.log(by_scope + FLOOR),
        np.log(first + FLOOR),
        np.log(final + FLOOR),
        chance,
        final,
        denied,
        _summed(denied, candidates.aspects),
        _summed(final, candidates.aspects),
        *_in_context(candidates, said, state, by_aspect),
        *candidates.of_kind,
    ]
    return (
        np.stack(features, axis=1).astype(np.float32),
        np.array(_gates(candidates, chance, evidence, said, state), dtype=np.float32),
    )


def _summed(chance: Array, groups: Array) -> Array:
    """For each candidate the probability of its whole group (K,)."""
    summed: Array = np.bincount(groups, chance)[groups]
    return summed


def _gates(
    candidates: Candidates, chance: Array, evidence: Evidence, said: Said, state: Discourse
) -> list[float]:
    masses = np.bincount(candidates.kinds, chance, len(KINDS)).tolist()
    entropy = float(-(chance * np.log(chance + FLOOR)).sum())
    case = said.case()
    flags = [
        len(said.text) <= 4,
        said.values("item") or said.values("change_type"),
        "subject_kind" in case,
        "rejection_reason" in case,
        said.documents,
        said.dated,
        said.ordinal is not None,
        said.asks,
        said.denied,
        evidence.denied is not None,
        evidence.parts,
        said.has_name or said.has_age,
        state.fresh,
        state.last == "none",
        state.last == "uncovered" or state.theme is not None,
        state.last == "out_of_scope",
        state.last == "smalltalk",
        state.last == "handoff",
        state.entries,
        state.phase == "rejected",
        state.phase in ("submitted", "approved"),
        len(state.stated) > 1,
        len(state.matters) > 1,
    ]
    return [
        1.0,
        *masses,
        *chance[candidates.acts].tolist(),
        float(chance.max()),
        entropy / 3,
        min(len(said.text), 60) / 30,
        *evidence.domain.tolist(),
        *(float(bool(flag)) for flag in flags),
    ]


def _in_context(candidates: Candidates, said: Said, state: Discourse, by_aspect: Array) -> list[Array]:
    """The features that rest on the state, (K,) each."""
    pointed = _pointed(state, said)
    # what an ordinal points at is as good as named: 第四种要什么材料
    refers = candidates.cells[candidates.places[pointed]].when if pointed in candidates.places else {}
    case = {**refers, **said.case()}
    focus = {
        "change_type": state.focus.change_type,
        "item": state.focus.item,
        "subject_kind": state.focus.subject_kind,
        "rejection_reason": state.reason,
    }
    # what the message names goes before what is known; another change brings none of the old one's item
    known: dict[str, str | None] = {**focus, **case}
    if case.get("change_type") not in (None, focus["change_type"]):
        known["item"] = case.get("item")
    named = {slot: candidates.agree(slot, case.get(slot)) for slot in SLOTS}
    clash = {
        slot: candidates.bound[slot] * (1 - named[slot]) if slot in case else candidates.none()
        for slot in SLOTS
    }
    held = {slot: candidates.agree(slot, focus[slot]) for slot in SLOTS}
    against = {
        slot: candidates.bound[slot] * (1 - held[slot]) if focus[slot] else candidates.none()
        for slot in SLOTS
    }
    named_fits = _only(named, clash)
    focus_fits = _only(held, against)
    last = [*state.stated, state.theme]
    stated = candidates.among(last)
    places = [candidates.places[target] for target in last if target in candidates.places]
    same = np.isin(candidates.aspects, candidates.aspects[places]) * candidates.has_aspect
    following = [after for place in places for after in candidates.cells[place].next]
    nearest = (
        candidates.cells[candidates.places[state.theme]].nearest if state.theme in candidates.places else ()
    )
    best = candidates.best_of_aspects(known)
    rejected = state.phase == "rejected"
    phase = candidates.phases.get(state.phase or "")
    nothing = candidates.none()
    overlap = candidates.overlap(said.text)
    asked = state.asked.options if state.asked else ()
    return [
        stated,
        candidates.among(fact for facts in state.trail for fact in facts) * (1 - stated),
        same,
        same * (1 - stated),
        *named.values(),
        *clash.values(),
        *held.values(),
        *against.values(),
        candidates.phases["rejected"]
        * (1 - candidates.bound["rejection_reason"])
        * ("rejection_reason" in case),
        candidates.among(state.entries),
        candidates.among([pointed]),
        candidates.among(following),
        nothing if phase is None else phase,
        candidates.phases["rejected"] * float(not rejected and not state.fresh),
        candidates.phases["preparing"] * float(rejected),
        _denied(candidates, said),
        candidates.among(nearest),
        candidates.among([state.theme]),
        same * named_fits,
        by_aspect * focus_fits,
        by_aspect * named_fits,
        best,
        best * same,
        best * by_aspect,
        overlap,
        overlap * stated,
        candidates.among(asked),
    ]


def _only(agreeing: Mapping[str, Array], clashing: Mapping[str, Array]) -> Array:
    """Which candidates agree with something and clash with nothing (K,)."""
    some, none = np.stack([*agreeing.values()]), np.stack([*clashing.values()])
    only: Array = ((some.sum(axis=0) > 0) & (none.sum(axis=0) == 0)).astype(np.float32)
    return only


def _pointed(state: Discourse, said: Said) -> str | None:
    """What an ordinal of the message stands for among the entries shown."""
    if said.ordinal is None or not state.entries:
        return None
    place = len(state.entries) - 1 if said.ordinal == LAST else said.ordinal - 1
    return state.entries[place] if place < len(state.entries) else None


def _denied(candidates: Candidates, said: Said) -> Array:
    denied = candidates.none()
    for slot, value in said.denied:
        denied = np.maximum(denied, candidates.agree(slot, value))
    return denied
