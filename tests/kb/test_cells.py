"""Facts and open themes as cells: which question they answer, and for which case."""

import pytest

from beian.kb import load_knowledge
from beian.kb.cells import SLOTS, UNCOVERED, Cell, most_specific

KB = load_knowledge()
ENTERPRISE = Cell("enterprise", "materials", {"change_type": "subject_info", "subject_kind": "enterprise"})
INDIVIDUAL = Cell("individual", "materials", {"change_type": "subject_info", "subject_kind": "individual"})
SERVER = Cell("server", "materials", {"change_type": "website_info", "item": "server"})
GENERAL = Cell("general", "materials")
STOPS = Cell(
    "stops",
    "access",
    concerns={"change_type": ("subject_info", "subject_transfer"), "item": ("responsible_person",)},
)
ALL = (ENTERPRISE, INDIVIDUAL, SERVER, GENERAL)


def test_every_fact_topic_and_theme_is_a_cell():
    themes = {f"{UNCOVERED}{theme}" for theme in KB.themes}
    assert set(KB.cells) == {*KB.facts, *KB.topics, *themes}
    assert all(cell.target == target for target, cell in KB.cells.items())


def test_values_and_whether_it_is_bound():
    assert ENTERPRISE.bound
    assert STOPS.bound
    assert not GENERAL.bound
    assert ENTERPRISE.values("subject_kind") == ("enterprise",)
    assert STOPS.values("change_type") == ("subject_info", "subject_transfer")
    assert ENTERPRISE.values("item") == GENERAL.values("item") == ()


@pytest.mark.parametrize(
    ("cell", "case", "fits"),
    [
        (ENTERPRISE, {}, True),
        (ENTERPRISE, {"subject_kind": "enterprise"}, True),
        (ENTERPRISE, {"subject_kind": "individual"}, False),
        (ENTERPRISE, {"change_type": "subject_info", "subject_kind": None}, True),
        # all of `when` must hold, of `concerns` one that is known is enough
        (ENTERPRISE, {"change_type": "website_info", "subject_kind": "enterprise"}, False),
        (STOPS, {"change_type": "website_info", "item": "responsible_person"}, True),
        (STOPS, {"change_type": "subject_transfer"}, True),
        (STOPS, {"change_type": "website_info", "item": "server"}, False),
        (STOPS, {"subject_kind": "enterprise"}, True),
        (GENERAL, {"change_type": "website_info", "item": "server"}, True),
    ],
)
def test_what_fits_a_case(cell, case, fits):
    assert cell.fits(case) is fits


def test_how_much_of_a_case_agrees():
    case = {"change_type": "subject_info", "subject_kind": "enterprise", "item": None}
    assert ENTERPRISE.agreeing(case) == 2
    assert INDIVIDUAL.agreeing(case) == 1
    assert GENERAL.agreeing(case) == 0
    assert STOPS.agreeing({"change_type": "website_info", "item": "responsible_person"}) == 1


@pytest.mark.parametrize(
    ("case", "best"),
    [
        ({"change_type": "subject_info", "subject_kind": "enterprise"}, [ENTERPRISE]),
        ({"change_type": "subject_info"}, [ENTERPRISE, INDIVIDUAL]),
        ({"subject_kind": "individual"}, [INDIVIDUAL]),
        ({"change_type": "website_info", "item": "server", "subject_kind": "enterprise"}, [SERVER]),
        ({"change_type": "subject_transfer"}, [GENERAL]),
        ({}, list(ALL)),
    ],
)
def test_the_most_specific_of_an_aspect(case, best):
    assert most_specific(ALL, case) == best


def test_of_nothing_there_is_no_best():
    assert most_specific([], {"item": "server"}) == []
    assert most_specific([SERVER], {"item": "site_name"}) == []


@pytest.mark.parametrize(
    "term", [term for term in KB.terms if term.group == "item"], ids=lambda term: term.id
)
def test_every_item_has_one_answer_on_materials_at_most(term):
    """With the whole case known the document never gives two lists of papers for it."""
    case = {"change_type": term.change_type, "item": term.id, "subject_kind": "enterprise"}
    cells = [cell for cell in KB.cells.values() if cell.aspect == "materials" and cell.target in KB.facts]
    best = [cell for cell in most_specific(cells, case) if cell.bound]
    assert len(best) <= 1


def test_a_cell_has_what_its_fact_says_of_it():
    cell = KB.cells["materials.subject_info.enterprise"]
    fact = KB.facts["materials.subject_info.enterprise"]
    assert (cell.aspect, dict(cell.when), cell.next) == (fact.aspect, fact.when, fact.next)
    assert fact.title in cell.text
    assert all(entry in cell.text for entry in fact.items)
    # entries that stand for no facts of their own stand for the fact that lists them
    assert cell.entries == (fact.id,) * len(fact.items)
    assert KB.cells["overview.types"].entries == KB.facts["overview.types"].lists


def test_phase_and_what_is_awaited_come_from_the_aspect():
    assert KB.cells["timeline.resubmit_deadline"].phase == "rejected"
    assert KB.cells["timeline.resubmit_deadline"].awaits == "rejected"
    assert KB.cells["timeline.review"].awaits == "submitted"
    assert KB.cells["notice.naming"].awaits == "site_name"
    assert KB.cells["overview.definition"].phase is None
    # a rejection for another reason is a rejection all the same
    assert KB.cells["uncovered/rejection_other"].phase == "rejected"
    # a theme's own phase goes before that of its aspect
    assert KB.cells["uncovered/modify_during_review"].phase == "submitted"


def test_a_topic_is_about_what_its_first_fact_is():
    cell = KB.cells["type.replace_domain"]
    assert cell.aspect == "type"
    assert cell.entries == ("type.add_website", "type.cancel_website")
    assert not cell.bound


def test_a_theme_is_near_to_facts_and_free_of_any_day():
    cell = KB.cells["uncovered/expedite"]
    assert cell.aspect == "review_time"
    assert cell.nearest == KB.themes["expedite"].nearest
    assert cell.awaits is None
    assert KB.cells["uncovered/public_security"].aspect is None
    assert KB.cells["uncovered/content_type_materials"].values("item") == ("content_type",)


def test_every_value_a_cell_is_bound_to_is_a_word_of_the_vocabulary():
    for cell in KB.cells.values():
        for slot in SLOTS:
            assert all(KB.term(slot, value) for value in cell.values(slot)), cell.target
