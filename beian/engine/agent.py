"""Rasa's agent, made of parts of its own where Rasa's repeat in every turn what is done once or not at all.

Each part is put in through a method that Rasa calls for it: nothing of Rasa's is changed, and its own
commands go on with its own parts. What each is worth: `python -m bench.seams`, docs/decisions/0007.
"""

from __future__ import annotations

import logging
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)

_Plan = list[tuple[str, tuple[str, ...]]]


class PlannedRunner(GraphRunner):
    """Runs the nodes one after the other, in an order found once for each set of targets.

    Rasa's plans the same three graphs anew in each turn, and hands them to a scheduler for parallel work.
    """

    def __init__(self, loaded: DaskGraphRunner) -> None:
        """Take over the graph and the nodes of a runner that has loaded them."""
        self._schema, self._nodes = loaded._graph_schema, loaded._instantiated_nodes
        self._plans: dict[tuple[str, ...], _Plan] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> PlannedRunner:
        """A runner of a graph that is still to be loaded."""
        return cls(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of `targets`, by default of all the graph has."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = _plan(self._schema.minimal_graph_schema(list(wanted)))
        values: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plans[wanted]:
            values[name] = self._nodes[name](*(values.get(need, need) for need in needs))
        return dict(values[name] for name in wanted)

    def component(self, name: str) -> Any:
        """The component of a node. Raises KeyError."""
        return self._nodes[name]._component


def _plan(schema: GraphSchema) -> _Plan:
    """The nodes with what they need, each after those it needs."""
    needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
    sorter = TopologicalSorter({name: [n for n in needed if n in needs] for name, needed in needs.items()})
    return [(name, needs[name]) for name in sorter.static_order()]


class CheckedAction(RemoteAction):
    """A custom action whose result `InProcessActions` has checked.

    Rasa builds the validator of a JSON schema anew for every result.
    """

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True


class Processor(MessageProcessor):
    """Rasa's processor with the runner and the actions above."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, Any, GraphRunner]:
        name, metadata, runner = MessageProcessor._load_model(model_path)
        return name, metadata, PlannedRunner(runner)

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """The next action of a turn. Raises ActionLimitReached."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = CheckedAction(action.name(), action.action_endpoint)
        return action, prediction


class AssistantAgent(Agent):
    """Rasa's agent with this processor, and with its tracker store as it is."""

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain | None) -> TrackerStore:
        """The store itself; in Rasa's wrapper a failed read would silently begin a new conversation."""
        if store is None:
            raise ValueError("an agent needs a tracker store")
        return store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load a model; raises what Rasa raises for a file that is none."""
        self.processor = Processor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
            on_circuit_break=listen_again,
        )
        self.domain = self.tracker_store.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        if isinstance(self.nlg, TemplatedNaturalLanguageGenerator):
            self.nlg.responses = self.domain.responses


def listen_again(tracker: DialogueStateTracker, output: OutputChannel, _nlg: object) -> None:
    """End a turn in which one action followed another without an end.

    Rasa stops after ten, and without this it would take each later message for a part of the same turn.
    """
    last = tracker.latest_action_name
    logger.error("turn without an end", extra={"action": last})
    tracker.update(ActionExecuted("action_listen"))
    if isinstance(output, CollectingOutputChannel):
        # What was said again and again is said once.
        output.messages[:] = [m for n, m in enumerate(output.messages) if m not in output.messages[:n]]
