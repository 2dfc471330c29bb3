"""The discourse in the tracker's slots."""

import json
from pathlib import Path

from ruamel.yaml import YAML

from beian.meaning.slots import DISCOURSE, OF_CASE, REASON, slots_of, state_from
from beian.meaning.state import Asked, Discourse, Matter

DOMAIN = YAML(typ="safe", pure=True).load(
    (Path(__file__).resolve().parents[2] / "domain.yml").read_text(encoding="utf-8")
)
STATE = Discourse(
    stated=("timeline.submit_deadline",),
    last="answered",
    focus=Matter("website_info", "server", "enterprise", "2026-10-08", None, "2026-11-01/2026-11-03"),
    phase="rejected",
    reason="naming",
    asked=Asked("choice", ("timeline.review",)),
)


def test_what_is_stored_is_read_again():
    assert state_from(json.loads(json.dumps(slots_of(STATE)))) == STATE
    assert state_from(slots_of(Discourse())) == Discourse()


def test_the_slots_are_those_of_the_domain():
    assert set(slots_of(STATE)) == set(DOMAIN["slots"]) == {DISCOURSE, REASON, *OF_CASE}


def test_the_case_is_visible():
    slots = slots_of(STATE)
    assert slots["change_type"] == "website_info"
    assert slots["item"] == "server"
    assert slots["subject_kind"] == "enterprise"
    assert slots["changed_on"] == "2026-10-08"
    assert slots["submitted_on"] is None
    assert slots["rejected_on"] == "2026-11-01/2026-11-03"
    assert slots[REASON] == "naming"


def test_a_conversation_begins_with_nothing_known():
    assert state_from({}) == Discourse()
    assert state_from(dict.fromkeys(DOMAIN["slots"])) == Discourse()


def test_where_only_the_visible_slots_are_filled_they_are_the_case():
    state = state_from({"item": "server", "changed_on": "2026-10-08", REASON: "naming"})
    assert state == Discourse(focus=Matter(item="server", changed="2026-10-08"), reason="naming")


def test_what_is_held_goes_before_the_visible_slots():
    assert state_from({**slots_of(STATE), "item": "site_name"}) == STATE
    older = {**slots_of(STATE), DISCOURSE: {"version": 0, "topic": "timeline"}}
    assert state_from(older) == Discourse()
