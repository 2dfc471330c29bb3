"""Numbers for the model: every candidate described by message and state, none by its own name."""

from dataclasses import replace

import numpy as np
import pytest

from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED, most_specific
from beian.meaning.features import Candidates, candidates_of, describe, target_of
from beian.meaning.said import Said
from beian.meaning.state import Asked, Discourse, Matter
from beian.nlu.data_check import read_messages
from beian.nlu.evidence import Evidence
from beian.nlu.labels import label_of

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER = "materials.website_info.server"


def test_every_meaning_is_a_candidate(candidates, kb, labels):
    acts = {label for label in labels if label.partition("/")[0] in ("chitchat", "dialogue", "handoff")}
    assert {*kb.cells, OUT_OF_SCOPE, *acts} <= set(candidates.targets)
    assert candidates.count == len(set(candidates.targets)) == len(candidates.cells)
    assert [candidates.targets[candidates.places[target]] for target in candidates.targets] == list(
        candidates.targets
    )


def test_every_label_stands_for_a_candidate(candidates):
    assert {target_of(label) for _, label in read_messages()} <= set(candidates.targets)
    assert target_of("materials/website_info.server") == SERVER
    assert target_of("out_of_scope/weather") == target_of("out_of_scope/general") == OUT_OF_SCOPE
    assert target_of("chitchat/greet") == "chitchat/greet"


def test_the_labels_chances_are_the_candidates(candidates, labels):
    chance = np.random.default_rng(1).dirichlet(np.ones(len(labels)))
    found = candidates.chances(chance)
    assert found.sum() == pytest.approx(1)
    strays = [chance[place] for place, label in enumerate(labels) if label.startswith("out_of_scope")]
    assert len(strays) > 1
    assert found[candidates.places[OUT_OF_SCOPE]] == pytest.approx(sum(strays))
    assert found[candidates.places[COMPANY]] == chance[labels.index("materials/subject_info.enterprise")]


def test_kinds_divide_the_candidates(candidates):
    assert np.array_equal(sum(candidates.of_kind), np.ones(candidates.count))
    assert (
        candidates.kinds[candidates.places[COMPANY]]
        == candidates.kinds[candidates.places["type.replace_domain"]]
    )
    assert len(set(candidates.kinds.tolist())) == 4


def test_masks(candidates):
    assert candidates.none().sum() == 0
    mask = candidates.among([COMPANY, None, "gone", COMPANY])
    assert mask.sum() == 1
    assert mask[candidates.places[COMPANY]] == 1
    agree = candidates.agree("item", "server")
    assert agree[candidates.places[SERVER]] == agree[candidates.places["notice.server_locality"]] == 1
    assert agree[candidates.places[COMPANY]] == 0
    assert candidates.agree("item", None).sum() == candidates.agree("item", "gone").sum() == 0


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"change_type": "subject_info"},
        {"change_type": "subject_info", "subject_kind": "enterprise"},
        {"change_type": "website_info", "item": "server", "subject_kind": "individual"},
        {"change_type": "website_info", "item": "responsible_person"},
        {"change_type": "subject_transfer"},
        {"change_type": "add_website"},
        {"rejection_reason": "naming"},
    ],
)
def test_the_best_of_each_aspect_is_the_most_specific(candidates, case):
    """The same as the knowledge base says, computed for all at once."""
    best = candidates.best_of_aspects(case)
    aspects = {cell.aspect for cell in candidates.cells if cell.aspect}
    for aspect in aspects:
        cells = [cell for cell in candidates.cells if cell.aspect == aspect]
        wanted = {cell.target for cell in most_specific(cells, case) if cell.bound}
        found = {cell.target for cell in cells if best[candidates.places[cell.target]]}
        assert found == wanted, aspect


def test_the_best_of_an_aspect_is_bound(candidates):
    best = candidates.best_of_aspects({"change_type": "subject_info", "subject_kind": "enterprise"})
    assert best[candidates.places[COMPANY]] == 1
    assert best[candidates.places[PERSON]] == 0
    assert best[candidates.places["timeline.review"]] == 0


def test_words_shared_with_a_fact(candidates):
    overlap = candidates.overlap("网站负责人承诺书")
    wanted = candidates.places["materials.website_info.responsible_person"]
    assert overlap[wanted] == overlap.max() == 1
    assert overlap[candidates.places["timeline.review"]] < 0.5
    assert candidates.overlap("").sum() == candidates.overlap("章").sum() == 0


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


def test_candidates_come_from_the_knowledge_base_and_the_labels(kb):
    found = candidates_of(kb, ["timeline/review", "chitchat/greet", "chitchat/bye"])
    assert found.targets[-3:] == (OUT_OF_SCOPE, "chitchat/bye", "chitchat/greet")
    assert f"{UNCOVERED}fees" in found.places
