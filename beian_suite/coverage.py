"""What the conversations of a run exercised, and what of the project none of them did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from beian_suite.reply_values import STATUSES
from beian_suite.turn import Turn

KINDS = ("facts", "statuses", "labels", "rules", "stories", "actions", "buttons")
TITLES = {
    "facts": "事实",
    "statuses": "回复状态",
    "labels": "理解标签",
    "rules": "规则",
    "stories": "故事",
    "actions": "动作",
    "buttons": "按钮",
}

Token = tuple[str, str]
_GAP = "gap"
_OF_ACTIONS = ("rules", "stories", "actions")
# Run by Rasa inside a form, without an event that tells of it.
_UNSEEN_ACTIONS = ("validate_", "action_ask_")


@dataclass
class Coverage:
    """Counts by kind: how often each fact was stated, each button's text sent, and so on.

    `sequences` has one list of ("intent" | "action", name) for each conversation, to recognise rules and
    stories by; conversations whose actions were not seen have none.
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    sequences: set[tuple[Token, ...]] = field(default_factory=set)
    shown: Counter[str] = field(default_factory=Counter)

    def add(self, turns: Iterable[Turn]) -> None:
        """Count one conversation."""
        sequence: list[Token] = []
        for turn in turns:
            self._add_turn(turn)
            if turn.sees_actions and turn.ranking:
                sequence.append(("intent", turn.ranking[0][0].partition("/")[0]))
                sequence += [("action", event.name) for event in turn.happenings if event.kind == "action"]
        if sequence:
            self.sequences.add(tuple(sequence))

    def _add_turn(self, turn: Turn) -> None:
        self.counts["facts"].update(turn.facts)
        self.counts["statuses"].update(turn.statuses)
        self.counts["buttons"][turn.text] += 1
        labels = {turn.understood[0]} if turn.understood else set()
        self.counts["labels"].update(labels | {label for label, _ in turn.ranking[:1]})
        for event in turn.happenings:
            if event.kind == "action":
                self.counts["actions"][event.name] += 1
        self.shown.update(str(button.get("title")) for message in turn.messages for button in message.buttons)

    def as_data(self) -> dict[str, Any]:
        """Plain data, to send from one process to another."""
        return {
            "counts": {kind: dict(counter) for kind, counter in self.counts.items()},
            "sequences": [list(map(list, sequence)) for sequence in sorted(self.sequences)],
            "shown": dict(self.shown),
        }

    def merge(self, data: Mapping[str, Any]) -> None:
        """Add what another process counted."""
        for kind, counter in data["counts"].items():
            self.counts[kind].update(counter)
        self.sequences |= {tuple((kind, name) for kind, name in sequence) for sequence in data["sequences"]}
        self.shown.update(data["shown"])

    def report(self, universe: Universe) -> dict[str, Any]:
        """For each kind the number known, the number exercised, the share in percent, and the rest.

        Kinds that a driver cannot see (it talked to a server, which does not tell of actions) are left out.
        """
        report: dict[str, Any] = {}
        for kind in KINDS:
            known = universe.names[kind]
            if kind in _OF_ACTIONS and self.counts["statuses"] and not self.sequences:
                continue
            if kind in ("rules", "stories"):
                done = [name for name in known if self._went(universe.paths[kind][name])]
            else:
                done = [name for name in known if self.counts[kind][name]]
            missing = [name for name in known if name not in set(done)]
            percent = round(100 * len(done) / len(known), 1) if known else 100.0
            report[kind] = {
                "known": len(known),
                "exercised": len(done),
                "percent": percent,
                "missing": missing,
            }
        report["buttons"]["never_shown"] = [
            name for name in universe.names["buttons"] if not self.shown[name]
        ]
        return report

    def _went(self, path: list[tuple[str, frozenset[str]]]) -> bool:
        return any(_contains(sequence, path) for sequence in self.sequences)


def _contains(sequence: tuple[Token, ...], path: list[tuple[str, frozenset[str]]]) -> bool:
    """Whether the steps of a rule or story occur one after the other, anywhere in a conversation."""
    return bool(path) and any(_follows(sequence[start:], path) for start in range(len(sequence)))


def _follows(sequence: tuple[Token, ...], path: list[tuple[str, frozenset[str]]]) -> bool:
    """Whether `sequence` begins with the steps of `path`; a gap stands for any number of turns."""
    if not path:
        return True
    want, names = path[0]
    if want == _GAP:
        return any(_follows(sequence[skipped:], path[1:]) for skipped in range(len(sequence) + 1))
    if not sequence:
        return False
    kind, name = sequence[0]
    return kind == want and name in names and _follows(sequence[1:], path[1:])


@dataclass
class Universe:
    """Everything a project has: `names` by kind, `paths` the steps of its rules and stories."""

    names: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    paths: dict[str, dict[str, list[tuple[str, frozenset[str]]]]] = field(
        default_factory=lambda: {"rules": {}, "stories": {}}
    )


def universe_of(root: Path) -> Universe:
    """What the project in `root` has, as a project of Rasa: domain.yml and data/, as far as there."""
    found = Universe()
    found.names["statuses"] = list(STATUSES)
    if (root / "domain.yml").exists():
        domain = _yaml(root / "domain.yml")
        actions = [*(domain.get("actions") or ()), *(domain.get("responses") or ())]
        names = [name if isinstance(name, str) else next(iter(name)) for name in actions]
        found.names["actions"] = [name for name in names if not name.startswith(_UNSEEN_ACTIONS)]
    for file in sorted((root / "data").glob("**/*.yml")) if (root / "data").exists() else []:
        _add_training(found, _yaml(file))
    return found


def _yaml(path: Path) -> dict[str, Any]:
    # The C parser: training data is long.
    return YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {}


def _add_training(found: Universe, data: dict[str, Any]) -> None:
    labels = [entry["intent"] for entry in data.get("nlu") or () if "intent" in entry]
    found.names["labels"] += [label for label in labels if label not in found.names["labels"]]
    for kind, key in (("rules", "rule"), ("stories", "story")):
        for entry in data.get(kind) or ():
            found.names[kind].append(entry[key])
            found.paths[kind][entry[key]] = [token for step in entry["steps"] for token in _tokens(step)]


def _tokens(step: dict[str, Any]) -> list[tuple[str, frozenset[str]]]:
    """A step's intents or action; a loop takes any number of turns; slots and checkpoints
    are no part of the path."""
    if "active_loop" in step:
        return [(_GAP, frozenset())]
    if "or" in step:
        return [("intent", frozenset(str(option["intent"]) for option in step["or"] if "intent" in option))]
    return [(kind, frozenset([str(step[kind])])) for kind in ("intent", "action") if kind in step]


def table(report: Mapping[str, Any], most: int = 8) -> list[str]:
    """The report as lines for people; at most `most` names of what is missing."""
    lines = []
    for kind in KINDS:
        part = report.get(kind)
        if part is None:
            lines.append(f"{TITLES[kind]:　<5}经 HTTP 看不到")
            continue
        if not part["known"]:
            continue
        line = f"{TITLES[kind]:　<5}{part['exercised']:>5} / {part['known']:<5}{part['percent']:>6}%"
        if part["missing"]:
            names = "、".join(part["missing"][:most])
            more = f" 等 {len(part['missing'])} 个" if len(part["missing"]) > most else ""
            line += f"  未覆盖：{names}{more}"
        lines.append(line)
    return lines


def read_floor(text: str) -> dict[str, float]:
    """A floor in percent: "90" for every kind, or "facts=100,statuses=100". Raises ValueError."""
    floors: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        kind, equals, number = part.rpartition("=")
        if equals and kind not in KINDS:
            raise ValueError(f"没有 {kind}，可用：{'、'.join(KINDS)}")
        for name in [kind] if equals else KINDS:
            floors[name] = float(number)
    return floors


def below_floor(report: Mapping[str, Any], floors: Mapping[str, float]) -> list[str]:
    """A line for each kind that is below its floor; one that was not seen is below any."""
    return [f"{TITLES[kind]}经 HTTP 看不到，不能设下限" for kind in floors if kind not in report] + [
        f"{TITLES[kind]}覆盖率 {report[kind]['percent']}%，低于下限 {floor:g}%；"
        f"未覆盖：{'、'.join(report[kind]['missing'])}"
        for kind, floor in floors.items()
        if kind in report and report[kind]["percent"] < floor
    ]
