"""A file of test conversations, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


class SuiteError(ValueError):
    """A file cannot be used; `problems` has one "file:line: what is wrong" for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class SlotWant:
    """A slot by name, and its value where one is asked for."""

    name: str
    value: Any = None
    any_value: bool = True

    def __str__(self) -> str:
        return self.name if self.any_value else f"{self.name} = {self.value!r}"


@dataclass(frozen=True)
class ButtonWant:
    """A button by title, and its payload where one is asked for."""

    title: str
    payload: str | None = None

    def __str__(self) -> str:
        return self.title if self.payload is None else f"{self.title} → {self.payload}"


@dataclass(frozen=True)
class UtterWant:
    """What one utterance of the bot must be; None leaves that part open."""

    utter_name: str | None = None
    text_matches: str | None = None
    buttons: tuple[ButtonWant, ...] | None = None

    def __str__(self) -> str:
        parts = [
            f"utter_name {self.utter_name}" if self.utter_name else "",
            f"文字匹配 /{self.text_matches}/" if self.text_matches else "",
            "按钮 " + "、".join(map(str, self.buttons)) if self.buttons is not None else "",
        ]
        return "；".join(part for part in parts if part)


@dataclass(frozen=True)
class SourceWant:
    """A source of the reply: parts of its section, its fact, its layer; None leaves a part open."""

    section: str | None = None
    fact: str | None = None
    layer: str | None = None

    def __str__(self) -> str:
        return " · ".join(part for part in (self.section, self.fact, self.layer) if part)


@dataclass(frozen=True)
class CardWant:
    """The reply's card: its type ("none" for no card), words in its title, words in its entries."""

    type: str
    title: str | None = None
    items: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " · ".join(part for part in (self.type, self.title, "、".join(self.items)) if part)


@dataclass(frozen=True)
class IntentWant:
    """The label understood (base or base/sub) and the least confidence."""

    name: str
    min_confidence: float = 0.0

    def __str__(self) -> str:
        return self.name + (f" ≥ {self.min_confidence}" if self.min_confidence else "")


def words_of(want: Any) -> str:
    """What is wanted, for people."""
    return "、".join(map(str, want)) if isinstance(want, tuple) else str(want)


@dataclass(frozen=True)
class Check:
    """One expectation. `kind` is its key in the file, `want` one of the classes above or a plain value."""

    kind: str
    want: Any
    line: int


@dataclass(frozen=True)
class Step:
    """One message of the user with everything expected of the answer. `texts` are its paraphrases."""

    texts: tuple[str, ...]
    line: int
    checks: tuple[Check, ...] = ()
    ordered: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A conversation. `slots` are set before it begins; `today` is the date it takes place on; `passed_over`
    what its file asks for that is not done."""

    name: str
    steps: tuple[Step, ...]
    path: Path
    line: int
    slots: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    today: date | None = None
    passed_over: tuple[str, ...] = ()

    @property
    def variants(self) -> int:
        """How many tests the case stands for: every paraphrase of its longest list is used once."""
        return max(len(step.texts) for step in self.steps)

    def texts(self, variant: int) -> list[str]:
        """The user's messages of one variant, counted from 0; shorter lists start again."""
        return [step.texts[variant % len(step.texts)] for step in self.steps]
