"""The candidate meanings, and what is fixed of each."""

import numpy as np
import pytest

from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED, most_specific
from beian.meaning.candidates import candidates_of, target_of
from beian.nlu.data_check import read_messages

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


def test_candidates_come_from_the_knowledge_base_and_the_labels(kb):
    found = candidates_of(kb, ["timeline/review", "chitchat/greet", "chitchat/bye"])
    assert found.targets[-3:] == (OUT_OF_SCOPE, "chitchat/bye", "chitchat/greet")
    assert f"{UNCOVERED}fees" in found.places
