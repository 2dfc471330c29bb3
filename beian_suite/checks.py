"""Compare one answer with what a step expects of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from beian_suite.model import (
    ButtonWant,
    CardWant,
    Check,
    IntentWant,
    SlotWant,
    SourceWant,
    Step,
    UtterWant,
    words_of,
)
from beian_suite.rasa_pro import NEVER_SEEN
from beian_suite.turn import Happening, Message, Turn


@dataclass(frozen=True)
class Problem:
    """An expectation that was not met: its line in the file, its key, both sides in words."""

    line: int
    kind: str
    expected: str
    actual: str


class NotVisibleError(Exception):
    """The driver in use cannot see what a check asks about."""


@dataclass
class Result:
    """What came of a step: unmet expectations, how many were looked at, and which could not be."""

    problems: list[Problem]
    seen: int = 0
    unseen: list[str] = field(default_factory=list)


def check_step(step: Step, turn: Turn) -> Result:
    """Check everything a step expects; with `assertion_order_enabled` in the order of the file."""
    result = Result([])
    place = _Place(turn.happenings)
    for check in step.checks:
        try:
            actual = _look(check, turn, place, step.ordered)
        except NotVisibleError:
            result.unseen.append(f"{check.kind} {words_of(check.want)}".strip())
            continue
        result.seen += 1
        if actual is not None:
            result.problems.append(Problem(check.line, check.kind, words_of(check.want), actual))
    return result


class _Place:
    """How far a turn's happenings and messages have been claimed by ordered checks."""

    def __init__(self, happenings: Sequence[Happening]) -> None:
        self.happenings = happenings
        self.next = 0
        self.spoken = 0

    def find(self, ordered: bool, fits: Callable[[Happening], bool]) -> bool:
        """Whether something fits; in order, only what comes after the last find counts."""
        for index in range(self.next if ordered else 0, len(self.happenings)):
            if fits(self.happenings[index]):
                if ordered:
                    self.next = index + 1
                return True
        return False


def _look(check: Check, turn: Turn, place: _Place, ordered: bool) -> str | None:
    """None when the expectation is met, else what there was instead."""
    if check.kind in NEVER_SEEN:
        raise NotVisibleError
    if check.kind in ("bot", "utter"):
        return _next_utterance(check, turn, place)
    if check.kind in _IN_ORDER:
        return _IN_ORDER[check.kind](check.want, turn, place, ordered)
    return _ON_TURN[check.kind](check.want, turn)


def _next_utterance(check: Check, turn: Turn, place: _Place) -> str | None:
    """`bot` and `utter` steps follow the bot's messages one by one."""
    if place.spoken >= len(turn.messages):
        return "没有更多回复"
    message = turn.messages[place.spoken]
    place.spoken += 1
    if check.kind == "bot":
        return None if message.text.strip() == check.want.strip() else message.text
    if message.utter_name is None and not turn.sees_actions:
        raise NotVisibleError
    return (
        None if message.utter_name == check.want else message.utter_name or f"没有名称的回复：{message.text}"
    )


def _action(name: str, turn: Turn, place: _Place, ordered: bool) -> str | None:
    if not turn.sees_actions:
        raise NotVisibleError
    if place.find(ordered, lambda event: event.kind == "action" and event.name == name):
        return None
    return _listed(event.name for event in turn.happenings if event.kind == "action")


def _visible(wants: tuple[SlotWant, ...], turn: Turn) -> list[SlotWant]:
    seen = [want for want in wants if turn.seen_slots is None or want.name in turn.seen_slots]
    if not seen:
        raise NotVisibleError
    return seen


def _fits_slot(want: SlotWant, event: Happening) -> bool:
    if event.kind != "slot" or event.name != want.name:
        return False
    return event.value is not None if want.any_value else event.value == want.value


def _slot_set(wants: tuple[SlotWant, ...], turn: Turn, place: _Place, ordered: bool) -> str | None:
    missing = [
        want
        for want in _visible(wants, turn)
        if not place.find(ordered, lambda event, want=want: _fits_slot(want, event))  # type: ignore[misc]
        and not _holds_unseen(want, turn)
    ]
    return _slot_events(turn) if missing else None


def _holds_unseen(want: SlotWant, turn: Turn) -> bool:
    """Where slot events are not seen, a slot that has the value counts as set to it."""
    if turn.seen_slots is None:
        return False
    value = turn.slots.get(want.name)
    return value is not None if want.any_value else value == want.value


def _slot_not_set(wants: tuple[SlotWant, ...], turn: Turn, place: _Place, ordered: bool) -> str | None:
    found = [
        want for want in _visible(wants, turn) if any(_fits_slot(want, event) for event in turn.happenings)
    ]
    return _slot_events(turn) if found else None


def _slot_events(turn: Turn) -> str:
    return _listed(f"{event.name} = {event.value!r}" for event in turn.happenings if event.kind == "slot")


def fits_message(want: UtterWant, message: Message, sees_names: bool) -> bool:
    """Whether a message is the one asked for."""
    named = want.utter_name is not None and (sees_names or message.utter_name is not None)
    if named and message.utter_name != want.utter_name:
        return False
    if want.text_matches is not None and not re.compile(want.text_matches).search(message.text):
        return False
    return all(_has_button(button, message) for button in want.buttons or ())


def _has_button(want: ButtonWant, message: Message) -> bool:
    return any(
        button.get("title") == want.title and (want.payload is None or button.get("payload") == want.payload)
        for button in message.buttons
    )


def _only_name(want: UtterWant) -> bool:
    return want.text_matches is None and want.buttons is None


def _uttered(want: UtterWant, turn: Turn, place: _Place, ordered: bool) -> str | None:
    if _only_name(want) and not turn.sees_actions:
        raise NotVisibleError

    def fits(event: Happening) -> bool:
        return event.message is not None and fits_message(want, event.message, turn.sees_actions)

    return None if place.find(ordered, fits) else _said(turn, bool(want.buttons), bool(want.utter_name))


def _not_uttered(want: UtterWant, turn: Turn, place: _Place, ordered: bool) -> str | None:
    if want.utter_name is not None and not turn.sees_actions:
        raise NotVisibleError
    said = any(fits_message(want, message, True) for message in turn.messages)
    return _said(turn, bool(want.buttons), bool(want.utter_name)) if said else None


def _said(turn: Turn, buttons: bool, names: bool) -> str:
    lines = []
    for message in turn.messages:
        lines.append(message.text)
        if names:
            lines.append(f"utter_name {message.utter_name}")
        if buttons:
            shown = (f"{button.get('title')} → {button.get('payload')}" for button in message.buttons)
            lines.append(f"按钮 {_listed(shown)}")
    return "\n".join(lines) or "没有回复"


def _facts(wants: tuple[str, ...], turn: Turn) -> str | None:
    return None if set(wants) <= set(turn.facts) else _listed(turn.facts)


def _facts_at_most(most: int, turn: Turn) -> str | None:
    return None if len(turn.facts) <= most else f"{len(turn.facts)} 个：{_listed(turn.facts)}"


def _sources(wants: tuple[SourceWant, ...], turn: Turn) -> str | None:
    found = [source for message in turn.messages for source in message.custom.get("sources") or ()]
    if all(any(_fits_source(want, source) for source in found) for want in wants):
        return None
    return _listed(
        f"{source.get('fact')} · {source.get('section')} · {source.get('layer')}" for source in found
    )


def _fits_source(want: SourceWant, source: dict[str, Any]) -> bool:
    return (
        (want.section is None or want.section in str(source.get("section")))
        and (want.fact is None or want.fact == source.get("fact"))
        and (want.layer is None or want.layer == source.get("layer"))
    )


def _status(wants: tuple[str, ...], turn: Turn) -> str | None:
    fits = bool(turn.statuses) and all(status in wants for status in turn.statuses)
    return None if fits else _listed(turn.statuses)


def _card(want: CardWant, turn: Turn) -> str | None:
    cards = [message.custom["card"] for message in turn.messages if message.custom.get("card")]
    if want.type == "none":
        return f"有卡片 {_listed(card.get('type') for card in cards)}" if cards else None
    if any(_fits_card(want, card) for card in cards):
        return None
    return _listed(f"{card.get('type')} · {card.get('title')} · {card.get('items')}" for card in cards)


def _fits_card(want: CardWant, card: dict[str, Any]) -> bool:
    entries = "\n".join(map(str, card.get("items") or ()))
    return (
        card.get("type") == want.type
        and (want.title is None or want.title in str(card.get("title")))
        and all(item in entries for item in want.items)
    )


def _intent(want: IntentWant, turn: Turn) -> str | None:
    understood = turn.understood
    if understood is None:
        return "没有"
    label, confidence = understood
    same = want.name in (label, label.partition("/")[0])
    return None if same and confidence >= want.min_confidence else f"{label} {confidence:.2f}"


def _handoff(want: bool, turn: Turn) -> str | None:
    handed = "handoff" in turn.statuses
    return None if handed == want else ("已转人工" if handed else f"没有转人工（{_listed(turn.statuses)}）")


def _text_not_matches(wants: tuple[str, ...], turn: Turn) -> str | None:
    for want in wants:
        for message in turn.messages:
            match = re.compile(want).search(message.text)
            if match:
                return f"出现了“{match.group(0)}”：{message.text}"
    return None


def _max_ms(most: float, turn: Turn) -> str | None:
    return None if turn.ms <= most else f"{turn.ms:.0f} ms"


_IN_ORDER: dict[str, Callable[[Any, Turn, _Place, bool], str | None]] = {
    "action_executed": _action,
    "slot_was_set": _slot_set,
    "slot_was_not_set": _slot_not_set,
    "bot_uttered": _uttered,
    "bot_did_not_utter": _not_uttered,
}
_ON_TURN: dict[str, Callable[[Any, Turn], str | None]] = {
    "fact": _facts,
    "facts_at_most": _facts_at_most,
    "source": _sources,
    "status": _status,
    "card": _card,
    "intent": _intent,
    "handoff": _handoff,
    "text_not_matches": _text_not_matches,
    "max_ms": _max_ms,
}


def _listed(values: Any) -> str:
    return "、".join(map(str, values)) or "没有"
