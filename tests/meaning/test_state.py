"""The state of a conversation: what it holds, and that it survives the tracker's JSON."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.calendar.span import Span
from beian.kb import load_knowledge
from beian.meaning.state import VERSION, Asked, Discourse, Matter

KB = load_knowledge()
FACTS = st.sampled_from(sorted(KB.facts))
SOME = st.lists(FACTS, max_size=4, unique=True).map(tuple)


def one_of(group: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *(term.id for term in KB.terms if term.group == group)])


SPANS = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(lambda day: Span(day, day).as_text())
DAYS = st.one_of(st.none(), SPANS)
MATTERS = st.builds(Matter, one_of("change_type"), one_of("item"), one_of("subject_kind"), DAYS, DAYS, DAYS)
STATES = st.builds(
    Discourse,
    stated=SOME,
    theme=st.sampled_from([None, "uncovered/fees"]),
    last=st.sampled_from(["none", "answered", "clarify", "uncovered", "smalltalk"]),
    entries=st.lists(st.one_of(st.just(""), FACTS), max_size=6).map(tuple),
    trail=st.lists(SOME, max_size=5).map(tuple),
    focus=MATTERS,
    matters=st.lists(MATTERS, max_size=3).map(tuple),
    phase=st.sampled_from([None, "preparing", "rejected"]),
    reason=one_of("rejection_reason"),
    asked=st.one_of(st.none(), st.builds(Asked, st.sampled_from(["choice", "changed"]), SOME)),
    asked_back=st.integers(0, 3),
    notice=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    checked=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    supplement=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    replies=st.lists(st.text(max_size=8), max_size=3).map(tuple),
)


@given(STATES)
def test_it_survives_the_tracker(state):
    slot = json.loads(json.dumps(state.as_slot(), ensure_ascii=False))
    assert slot == state.as_slot(), "or every turn would set a slot that has not changed"
    assert Discourse.from_slot(slot) == state
    assert hash(Discourse.from_slot(slot)) == hash(state)


def test_every_part_is_stored():
    assert set(Discourse().as_slot()) == {"version", *(field.name for field in fields(Discourse))}


@pytest.mark.parametrize(
    "broken",
    [
        {"version": VERSION + 1},
        {"version": None},
        {"focus": {"colour": "red"}},
        {"focus": None},
        {"stated": None},
        {"trail": 3},
        {"asked": {"kind": "choice"}},
        {"matters": [None]},
    ],
)
def test_of_another_version_or_broken_nothing_is_known(broken):
    slot = {**Discourse(stated=("timeline.review",)).as_slot(), **broken}
    assert Discourse.from_slot(slot) == Discourse()


@pytest.mark.parametrize("slot", [None, "", [], {}, 3, "discourse"])
def test_of_anything_else_nothing_is_known(slot):
    assert Discourse.from_slot(slot) == Discourse()


def test_a_part_that_is_missing_is_nothing_known():
    slot = Discourse(stated=("timeline.review",)).as_slot()
    del slot["entries"]
    assert Discourse.from_slot(slot) == Discourse()


def test_a_part_that_is_not_known_is_left_out():
    state = Discourse(stated=("timeline.review",))
    assert Discourse.from_slot({**state.as_slot(), "mood": "good"}) == state


def test_fresh_until_something_is_answered():
    assert Discourse().fresh
    assert Discourse(focus=Matter("website_info")).fresh
    assert not Discourse(stated=("timeline.review",)).fresh
    assert not Discourse(theme="uncovered/fees").fresh


def test_the_focus_changes_together_with_its_copy_among_the_matters():
    server, name = Matter("website_info", "server"), Matter("website_info", "site_name")
    state = Discourse(focus=server, matters=(server, name))
    after = state.focused(changed="2026-10-08", subject_kind="enterprise")
    assert after.focus == Matter("website_info", "server", "enterprise", changed="2026-10-08")
    assert after.matters == (after.focus, name)
    assert state.focus == server, "the state before is as it was"


def test_days_of_a_matter():
    matter = Matter(changed="2026-10-08", rejected="2026-11-01/2026-11-05")
    assert matter.span("changed") == Span(date(2026, 10, 8), date(2026, 10, 8))
    assert matter.span("rejected") == Span(date(2026, 11, 1), date(2026, 11, 5))
    assert matter.span("submitted") is None
    assert not matter.named
    assert Matter("website_info").named
    assert Matter(item="server").named
