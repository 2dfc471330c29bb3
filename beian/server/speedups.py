"""Work that Rasa repeats in every turn, done once or not at all.

Rasa builds the JSON schema validator anew for every action result, though `InProcessActions` has checked
it already; walks all event classes for every event it reads; plans the same three graphs anew and hands
them to a scheduler for parallel work; and works out the same states for each policy and each of its parts.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker


def _validate_action_result(_action: RemoteAction, _result: dict[str, Any]) -> bool:
    """Nothing is left to check: see `beian.server.actions`."""
    return True


_event_classes: dict[str, type[Event]] = {}
_walk = Event.resolve_by_type


def _resolve_by_type(type_name: str, default: Any = None) -> Any:
    """Rasa's answer for this event name, remembered; raises ValueError for unknown names."""
    found = _event_classes.get(type_name)
    if found is None:
        found = _walk(type_name, default)
        if found is not None and found is not default:
            _event_classes[type_name] = found
    return found


def _run_graph(
    runner: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """The outputs of `targets`, the nodes run one after the other in an order found once."""
    wanted = tuple(targets or runner._graph_schema.target_names)
    plans = runner.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        plans[wanted] = _plan(runner._graph_schema.minimal_graph_schema(list(wanted)))
    values: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    for name, needs in plans[wanted]:
        values[name] = runner._instantiated_nodes[name](*(values.get(need, need) for need in needs))
    return dict(values[name] for name in wanted)


def _plan(schema: GraphSchema) -> list[tuple[str, tuple[str, ...]]]:
    """The nodes with what they need, each after those it needs."""
    needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
    sorter = TopologicalSorter({name: [n for n in needed if n in needs] for name, needed in needs.items()})
    return [(name, needs[name]) for name in sorter.static_order()]


_states = TrackerFeaturizer._create_states


def _create_states(
    tracker: DialogueStateTracker,
    domain: Domain,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[Any]:
    """Rasa's states of a tracker, kept until it has another event."""
    at = (len(tracker.events), tracker.events[-1] if tracker.events else None)
    kept = tracker.__dict__.setdefault("_kept_states", {})
    if kept.get("at") != at:
        kept.clear()
        kept["at"] = at
    # What counts as a turn of rules only is one object of the model.
    key = (omit_unset_slots, ignore_rule_only_turns, id(rule_only_data) if ignore_rule_only_turns else 0)
    if key not in kept:
        kept[key] = _states(tracker, domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
    # Callers change what they get.
    return [{part: dict(found) for part, found in state.items()} for state in kept[key]]


def apply() -> None:
    """Put all in place for this process. Idempotent."""
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(_resolve_by_type)
    DaskGraphRunner.run = _run_graph
    TrackerFeaturizer._create_states = staticmethod(_create_states)
