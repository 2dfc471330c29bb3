"""The parts put into Rasa's agent do what Rasa's own do, and fit the Rasa that is installed."""

from __future__ import annotations

import hashlib
import inspect

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.engine.graph import GraphNode, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from beian.engine.agent import AssistantAgent, PlannedRunner, Processor
from beian.engine.live_tracker import read_events

# What is put in stands in for these, or calls them though their names are Rasa's own affair.
RASAS = {
    Agent.__init__: "ccaa168ffee7",
    Agent.load_model: "f4c1ab4c5c7a",
    Agent._create_tracker_store: "97499b594b45",
    Agent._set_fingerprint: "ee1ee14d0bd0",
    MessageProcessor.__init__: "e7cdae909965",
    MessageProcessor._load_model: "17f24faf9681",
    MessageProcessor.predict_next_with_tracker_if_should: "7ef2b933ac1e",
    RemoteAction.__init__: "69103389ee02",
    RemoteAction.run: "ccabf6f1160d",
    RemoteAction._validate_action_result: "f8cdb4be6812",
    DaskGraphRunner.__init__: "29f069a010bd",
    DaskGraphRunner._build_dask_graph: "5bb99f974d51",
    DaskGraphRunner.run: "45f0f52f574f",
    GraphNode.__call__: "66127a2bfb6f",
    GraphSchema.minimal_graph_schema: "58dfb3033549",
    Event.from_parameters: "0cd3c87e5812",
    Event._from_parameters: "3ec2fda3e4af",
    Event.resolve_by_type: "b5cf570fa7f2",
    deserialise_events: "38dfc592a4be",
    DialogueStateTracker.from_dict: "4960bd6a26b5",
    DialogueStateTracker._create_events: "d6cbc08b39ff",
    TrackerStore.init_tracker: "2089b91e90d8",
}


def digest(function) -> str:
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]


@pytest.mark.parametrize("function", RASAS, ids=lambda function: function.__qualname__)
def test_rasas_side_is_as_it_was(function):
    """Read the change, see that the part put in still does the same, then write down the new digest."""
    assert digest(function) == RASAS[function]


class Loaded:
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
        self._execution_context = None

    def _node(self, name: str):
        def run(*inputs):
            self.ran.append(name)
            return name, f"{name}({','.join(str(value) for _, value in inputs)})"

        return run

    _build_dask_graph = DaskGraphRunner._build_dask_graph
    _add_inputs_to_graph = staticmethod(DaskGraphRunner._add_inputs_to_graph)


def test_nodes_run_after_what_they_need_and_only_where_asked():
    loaded = Loaded()
    runner = PlannedRunner(loaded)
    for _ in range(2):
        assert runner.run({"given": 1}, ["c"]) == {"c": "c(a(1),b(a(1)))"}
    assert loaded.ran == ["a", "b", "c"] * 2
    assert set(runner.run({"given": 2})) == {"c", "other"}


@pytest.mark.parametrize("targets", [None, ["c"], ["b", "other"], ["other", "a"]])
def test_the_outputs_are_those_of_rasas_runner(targets):
    given = {"given": 1, "unused": 2}
    assert PlannedRunner(Loaded()).run(given, targets) == DaskGraphRunner.run(Loaded(), given, targets)


def test_a_loaded_agent_is_made_of_these_parts_and_rasas_own_stay(tiny_model):
    store = InMemoryTrackerStore(Domain.empty())
    agent = AssistantAgent(tracker_store=store, action_endpoint=None)
    agent.load_model(tiny_model)
    assert agent.tracker_store is store is agent.processor.tracker_store
    assert isinstance(agent.processor, Processor)
    assert isinstance(agent.processor.graph_runner, PlannedRunner)
    assert agent.domain is store.domain is agent.processor.domain
    assert agent.nlg.responses == agent.domain.responses
    assert type(MessageProcessor._load_model(tiny_model)[2]) is DaskGraphRunner


def test_a_turn_builds_no_validator_and_with_rasas_own_action_it_does(talk, monkeypatch):
    validated = []
    monkeypatch.setattr(jsonschema, "validate", lambda *given: validated.append(given))
    talk.ask("审核要多久")
    assert not validated
    processor = talk.assistant.agent.processor
    stock = MessageProcessor.predict_next_with_tracker_if_should.__get__(processor)
    monkeypatch.setattr(processor, "predict_next_with_tracker_if_should", stock)
    talk.ask("审核要多久")
    assert validated


def test_an_agent_without_a_store_is_refused():
    with pytest.raises(ValueError, match="tracker store"):
        AssistantAgent()


def test_events_are_read_as_rasa_reads_them():
    events = [
        ActionExecuted("action_listen"),
        UserUttered("问", {"name": "ask"}),
        SlotSet("kind", "a"),
        BotUttered("答", metadata={"utter_action": "utter_x"}),
    ]
    bodies = [event.as_dict() for event in events]
    for _ in range(2):
        read = read_events([*bodies, {"no": "event"}])
        assert read == deserialise_events(bodies)
        assert [event.as_dict() for event in read] == bodies
    with pytest.raises((ValueError, RasaException), match="nothing"):
        read_events([{"event": "nothing"}])
