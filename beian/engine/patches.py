"""Work that Rasa repeats in every turn, done once or not at all.

Rasa builds the JSON schema validator anew for every action result, though `InProcessActions` has checked
it already; walks all event classes for every event it reads; plans the same three graphs anew and hands
them to a scheduler for parallel work; works out the same states for each part of a policy; holds every rule
against the conversation, whatever its intent; and copies slots the slow way, for each tracker it makes.
"""

from __future__ import annotations

from collections import defaultdict
from graphlib import TopologicalSorter
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT


def _validate_action_result(_action: RemoteAction, _result: dict[str, Any]) -> bool:
    """Nothing is left to check: see `beian.engine.in_process_actions`."""
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
    last = tracker.events[-1] if tracker.events else None
    kept = tracker.__dict__.setdefault("_kept_states", {})
    if kept.get("length") != len(tracker.events) or kept.get("last") is not last:
        kept.clear()
        kept.update(length=len(tracker.events), last=last)
    # What counts as a turn of rules only is one object of the model.
    key = (omit_unset_slots, ignore_rule_only_turns, id(rule_only_data) if ignore_rule_only_turns else 0)
    if key not in kept:
        kept[key] = _states(tracker, domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
    # Callers change what they get.
    return [{part: dict(found) for part, found in state.items()} for state in kept[key]]


def _copied(slot: Slot) -> Slot:
    """What copy.copy gives, without its search for how."""
    copied = object.__new__(type(slot))
    copied.__dict__.update(slot.__dict__)
    return copied


_all_possible_keys = RulePolicy._get_possible_keys


def _possible_keys(policy: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """The rules that fit the states: of those whose last turn may fit at all, those that Rasa lets pass."""
    index = policy.__dict__.setdefault("_rules_by_last_turn", {})
    kept, rules = index.get(id(lookup), (None, {}))
    if kept is not lookup:
        rules = defaultdict(set)
        for key in lookup:
            rules[_last_turn(policy._rule_key_to_state(key)[-1])].add(key)
        index[id(lookup)] = (lookup, rules)
    if not states:
        return set(lookup)
    intent, action = _last_turn(states[-1])
    turns = {(intent, action), (None, action), (None, None)}
    candidates = {key: lookup[key] for turn in turns for key in rules.get(turn, ())}
    found: set[str] = _all_possible_keys(policy, candidates, states)
    return found


def _last_turn(state: State) -> tuple[str | None, str | None]:
    """Intent and action that a rule's last state asks for, or a conversation's has; None for any."""
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = state.get(USER, {}).get(INTENT)
    # A rule that begins a conversation fits all beginnings, whatever is said.
    return (intent if isinstance(intent, str) and action else None), action


def apply() -> None:
    """Put all in place for this process. Idempotent."""
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(_resolve_by_type)
    DaskGraphRunner.run = _run_graph
    TrackerFeaturizer._create_states = staticmethod(_create_states)
    RulePolicy._get_possible_keys = _possible_keys
    Slot.__copy__ = _copied
