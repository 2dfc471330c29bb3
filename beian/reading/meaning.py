"""What a message means: what to state, how, or what to ask back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from beian.meaning.data import MANNERS

Outcome = Literal["answer", "ask", "not_understood"]


@dataclass(frozen=True)
class Meaning:
    """`outcome`: answer (state `targets` in this `manner`), ask (offer `choices`), not_understood.

    `targets` are facts, topics, uncovered/THEME, out_of_scope or acts, in the order asked; `chance` is that
    of the likeliest, `alone` what the message has for it outside any conversation; `ranking` the likeliest
    with their chances; `notice` the lines of a pasted notice, each with the target that it stands for (""
    where the document has none); `named`: (slot, value, word) of what it names, by an alias or in words
    of its own, None where that was not read (a button); `foreign`: how likely it is none of our
    subjects by its own words alone; `itself` what these are likeliest to ask, and its chance.
    """

    outcome: Outcome
    targets: tuple[str, ...] = ()
    manner: str = MANNERS[0]
    chance: float = 0.0
    choices: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    alone: float = 0.0
    notice: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[str, str, str], ...] | None = None
    foreign: float = 0.0
    itself: tuple[str, float] = ("", 0.0)

    def agreed(self, target: str) -> float:
        """How likely it asks for a target by its own words and in its conversation alike: the smaller of the
        two chances, 0 where its own words ask for something else."""
        asked, chance = self.itself
        return min(chance, dict(self.ranking).get(target, 0.0)) if asked == target else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for the message that Rasa stores."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Meaning:
        """What `as_dict` gave; not understood for anything else."""
        if not data or "outcome" not in data:
            return cls("not_understood")
        return cls(
            cast(Outcome, data["outcome"]),
            tuple(data["targets"]),
            str(data["manner"]),
            float(data["chance"]),
            tuple(data["choices"]),
            tuple((str(target), float(chance)) for target, chance in data["ranking"]),
            float(data["alone"]),
            tuple((str(line), str(target)) for line, target in data["notice"]),
            None
            if data["named"] is None
            else tuple((str(slot), str(value), str(word)) for slot, value, word in data["named"]),
            float(data["foreign"]),
            (str(data["itself"][0]), float(data["itself"][1])),
        )
