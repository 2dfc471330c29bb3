"""Numbers for the model: every candidate described by message and state, none by its own name."""

from dataclasses import replace

import numpy as np
import pytest

from beian.kb.cells import UNCOVERED
from beian.meaning.candidates import Candidates, target_of
from beian.meaning.features import describe
from beian.meaning.said import Said
from beian.meaning.state import Asked, Discourse, Matter
from beian.nlu.evidence import Evidence
from beian.nlu.labels import label_of

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"


@pytest.fixture
def described(candidates, evidence, said):
    def of(text: str, state: Discourse) -> tuple[np.ndarray, np.ndarray]:
        return describe(candidates, evidence(text), said(text), state)

    return of


STATES = (
    Discourse(),
    Discourse(stated=(COMPANY,), last="answered", entries=(COMPANY,) * 4, trail=(("timeline.review",),)),
    Discourse(theme="uncovered/fees", last="uncovered"),
    Discourse(
        stated=("rejection.naming",),
        focus=Matter("website_info", "site_name"),
        matters=(Matter("website_info", "site_name"), Matter("website_info", "server")),
        phase="rejected",
        reason="naming",
        asked=Asked("choice", ("timeline.review",)),
    ),
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "text", ["第二个呢", "10月8号换的法人要什么材料", "不是服务器，是网站名称", "哈哈", "吗"]
)
def test_numbers_are_finite_and_of_one_shape(described, candidates, text, state):
    features, gates = described(text, state)
    plain, plain_gates = described("要什么材料呀", Discourse())
    assert features.shape == plain.shape == (candidates.count, plain.shape[1])
    assert gates.shape == plain_gates.shape
    assert features.dtype == gates.dtype == np.float32
    assert np.isfinite(features).all()
    assert np.isfinite(gates).all()
    assert np.abs(features).max() < 50
    assert np.abs(gates).max() < 50


def test_the_state_changes_what_is_said_of_candidates(described, candidates):
    """Of the same words, only the columns of the state differ, and they tell the candidates apart."""
    alone, gates_alone = described("那要多久呀", Discourse())
    after, gates_after = described("那要多久呀", STATES[1])
    changed = np.flatnonzero((alone != after).any(axis=0))
    assert 0 < len(changed) < alone.shape[1] / 2
    assert (gates_alone != gates_after).any()
    company, person = candidates.places[COMPANY], candidates.places[PERSON]
    assert (alone[company, changed] == alone[person, changed]).all()
    assert (after[company, changed] != after[person, changed]).any()


def test_an_ordinal_points_at_an_entry(described, candidates, kb):
    listed = kb.facts["procedure.overview"].lists
    turned = (listed[0], listed[2], listed[1], *listed[3:])
    places = [candidates.places[fact] for fact in listed]
    as_listed, as_turned, beyond = (
        described(text, Discourse(stated=("procedure.overview",), entries=entries))[0][places]
        for text, entries in (("第二个呢", listed), ("第二个呢", turned), ("第八个呢", listed))
    )
    pointing = (as_listed[1] == 1) & (as_listed[2] == 0) & (as_turned[1] == 0) & (as_turned[2] == 1)
    assert (as_listed[[0, 3, 4]][:, pointing] == 0).all()
    assert (pointing & (beyond == 0).all(axis=0)).any(), "beyond the last entry it points at nothing"


def test_nothing_rests_on_the_names_of_facts(candidates, labels, evidence, said):
    """Under other ids all numbers are the same: what is learned of one fact holds for the others."""
    names = {}
    for number, cell in enumerate(candidates.cells):
        open_theme = cell.target.startswith(UNCOVERED)
        is_act = not open_theme and "." not in cell.target
        other = f"{UNCOVERED}t{number}" if open_theme else f"x.f{number}"
        names[cell.target] = cell.target if is_act else other
    cells = [
        replace(
            cell,
            target=names[cell.target],
            **{
                part: tuple(names[fact] for fact in getattr(cell, part))
                for part in ("entries", "next", "nearest")
            },
        )
        for cell in candidates.cells
    ]
    other_labels = [
        label_of(names[target_of(label)]) if "." in target_of(label) else names.get(label, label)
        for label in labels
    ]
    renamed = Candidates(cells, other_labels)
    state, text = STATES[1], "要盖章吗"
    told = replace(
        state,
        stated=tuple(names[fact] for fact in state.stated),
        entries=tuple(names[fact] for fact in state.entries),
        trail=tuple(tuple(names[fact] for fact in facts) for facts in state.trail),
    )
    features, gates = describe(candidates, evidence(text), said(text), state)
    again, gates_again = describe(renamed, evidence(text), said(text), told)
    assert np.array_equal(features, again)
    assert np.array_equal(gates, gates_again)


def test_what_is_denied_counts_apart(candidates, labels):
    chance = np.full(len(labels), 1 / len(labels), dtype=np.float32)
    vector = np.zeros(4, dtype=np.float32)
    plain = Evidence("某", chance, chance, chance, None, (), vector)
    denying = Evidence("某", chance, chance, chance, np.eye(len(labels), dtype=np.float32)[3], (), vector)
    said = Said("某")
    before, after = (describe(candidates, one, said, Discourse()) for one in (plain, denying))
    changed = np.flatnonzero((before[0] != after[0]).any(axis=0))
    assert len(changed) == 2, "of the candidate, and of its aspect"
    assert (before[1] != after[1]).sum() == 1
