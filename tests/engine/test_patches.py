"""What is done once gives what Rasa would have found each time."""

from __future__ import annotations

import copy
import itertools
import json

import pytest
from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from beian.engine import patches

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [ask]
actions: [action_answer]
slots:
  kind:
    type: categorical
    values: [a, b]
    mappings: [{type: custom}]
"""
)


@pytest.fixture(autouse=True)
def applied():
    patches.apply()


def tracker() -> DialogueStateTracker:
    events = [ActionExecuted("action_listen"), UserUttered("问", {"name": "ask"}), SlotSet("kind", "a")]
    return DialogueStateTracker.from_events("one", events, DOMAIN.slots)


def test_states_are_those_of_rasa_after_every_event():
    said = tracker()
    for event in (
        None,
        ActionExecuted("action_answer"),
        SlotSet("kind", "b"),
        ActionExecuted("action_listen"),
    ):
        if event is not None:
            said.update(event, DOMAIN)
        for _ in range(2):
            assert TrackerFeaturizer._create_states(said, DOMAIN) == said.past_states(DOMAIN)
        ignoring = TrackerFeaturizer._create_states(said, DOMAIN, ignore_rule_only_turns=True)
        assert ignoring == said.past_states(DOMAIN, ignore_rule_only_turns=True)


def test_states_are_worked_out_once_and_each_caller_may_change_its_own(monkeypatch):
    asked = []
    monkeypatch.setattr(
        patches, "_states", lambda *given: asked.append(given) or [{"user": {"intent": "ask"}}]
    )
    said = tracker()
    first = TrackerFeaturizer._create_states(said, DOMAIN)
    first[0]["user"]["intent"] = "changed"
    assert TrackerFeaturizer._create_states(said, DOMAIN) == [{"user": {"intent": "ask"}}]
    assert len(asked) == 1


class Runner:
    """A graph of functions instead of Rasa's components."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        needs = {"c": {"x": "a", "y": "b"}, "b": {"x": "a"}, "a": {"x": "given"}, "other": {"x": "given"}}
        self._graph_schema = GraphSchema(
            {
                name: SchemaNode(need, object, "create", "run", {}, is_target=name in ("c", "other"))
                for name, need in needs.items()
            }
        )
        self._instantiated_nodes = {name: self._node(name) for name in needs}

    def _node(self, name: str):
        def run(*inputs):
            self.ran.append(name)
            return name, f"{name}({','.join(str(value) for _, value in inputs)})"

        return run


def test_nodes_run_after_what_they_need_and_only_where_asked():
    runner = Runner()
    for _ in range(2):
        assert DaskGraphRunner.run(runner, {"given": 1}, ["c"]) == {"c": "c(a(1),b(a(1)))"}
    assert runner.ran == ["a", "b", "c"] * 2
    assert set(DaskGraphRunner.run(runner, {"given": 2})) == {"c", "other"}


def test_event_names_are_found_as_before():
    for name in ("slot", "user", "action"):
        assert Event.resolve_by_type(name) is patches._walk(name)
    with pytest.raises(ValueError, match="nothing"):
        Event.resolve_by_type("nothing")


RULES = {
    turn: action
    for action, turns in {
        "action_answer": [
            [("action_listen", "ask", None)],
            [(None, None, None), ("action_listen", "ask", None)],
        ],
        "action_bye": [[("action_listen", "bye", None)]],
        "action_of_a": [[("action_listen", "ask", "a")]],
        "action_listen": [
            [("action_listen", "ask", None), ("action_answer", "ask", None)],
            [("action_answer", None, None)],
        ],
        "action_begin": [[(None, "ask", None)]],
    }.items()
    for turn in [
        json.dumps(
            [
                {
                    **({"prev_action": {"action_name": action}} if action else {}),
                    **({"user": {"intent": intent}} if intent else {}),
                    **({"slots": {"kind": kind}} if kind else {}),
                }
                for action, intent, kind in states
            ]
        )
        for states in turns
    ]
}


def test_the_rules_that_fit_are_those_rasa_finds():
    policy = RulePolicy.__new__(RulePolicy)
    seen = set()
    for before, action, intent, kind in itertools.product(
        (None, "action_listen", "action_answer"),
        (None, "action_listen", "action_answer", "action_else"),
        (None, "ask", "bye", "else"),
        (None, "a", "b"),
    ):
        states = [
            {"prev_action": {"action_name": name}} if name else {}
            for name in ([before, action] if before else [action])
        ]
        if intent:
            states[-1]["user"] = {"intent": intent}
            states[0].setdefault("user", {"intent": intent})
        if kind:
            states[-1]["slots"] = {"kind": kind}
        found = policy._get_possible_keys(RULES, states)
        assert found == patches._all_possible_keys(policy, RULES, states), states
        seen |= found
    assert seen == set(RULES)
    assert policy._get_possible_keys(RULES, []) == set(RULES)


def test_a_copied_slot_is_its_own():
    (slot,) = (slot for slot in DOMAIN.slots if slot.name == "kind")
    copied = copy.copy(slot)
    copied.value = "b"
    assert type(copied) is type(slot)
    assert (copied.value, slot.value) == ("b", None)
    assert copied.values == slot.values
