from beian.dialogue.case import Case
from beian.dialogue.state import MOST_REMEMBERED, State


def test_slots_hold_the_state():
    state = State(
        case=Case("subject_info", changed_on="2026-10-08"),
        labels=("timeline/review",),
        facts=("timeline.review",),
        choices=("access.overview",),
        awaiting="changed_on",
        asked=1,
        trail=(("notice.naming",), ("access.overview", "timeline.review")),
    )
    assert State.from_slots(state.as_slots()) == state
    assert State.from_slots({}) == State()
    assert State.from_slots(State().as_slots()) == State()


def test_slots_are_those_of_the_domain():
    from pathlib import Path

    from ruamel.yaml import YAML

    domain = YAML(typ="safe", pure=True).load((Path(__file__).parents[2] / "domain.yml").read_text("utf-8"))
    assert set(State().as_slots()) <= set(domain["slots"])


def test_earlier_answers_are_remembered_up_to_a_few():
    state = State()
    for number in range(10):
        state = state.stating((f"fact.{number}",), (), Case())
    assert state.facts == ("fact.9",)
    assert len(state.trail) == MOST_REMEMBERED
    assert state.trail[-1] == ("fact.8",)
    again = state.stating(("fact.9",), (), Case())
    assert again.trail == state.trail, "the same answer again is no step"
