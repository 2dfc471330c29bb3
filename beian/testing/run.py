"""Hold the conversation of one case and tell what went wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from beian.testing.checks import Problem, check_step
from beian.testing.contract import check_contract
from beian.testing.model import Case, Step
from beian.testing.turn import Driver, Turn

SEED = 20240501


class NotPossibleError(Exception):
    """The driver in use cannot hold this conversation; the message says why."""


@dataclass
class Run:
    """A conversation as it went; it ends at the first step with problems."""

    case: Case
    turns: list[Turn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed_step: Step | None = None
    unseen: int = 0


def run_case(
    case: Case,
    driver: Driver,
    variant: int = 0,
    reword: Callable[[str], str] | None = None,
    contract: bool = True,
) -> Run:
    """Hold the conversation of one variant; `reword` changes each message before it is sent.

    Raises NotPossibleError when the driver cannot set the conversation up.
    """
    random.seed(SEED)
    np.random.seed(SEED)
    reason = driver.begin(case.slots, case.today)
    if reason:
        raise NotPossibleError(reason)
    run = Run(case)
    try:
        for step, text in zip(case.steps, case.texts(variant), strict=True):
            turn = driver.send(reword(text) if reword else text, {**case.metadata, **step.metadata})
            run.turns.append(turn)
            result = check_step(step, turn)
            run.unseen += result.unseen
            run.problems = result.problems + (check_contract(turn, step.line) if contract else [])
            if run.problems:
                run.failed_step = step
                break
    finally:
        driver.end()
    return run
