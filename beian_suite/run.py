"""Hold the conversation of one case and tell what went wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from beian_suite.checks import Problem, check_step
from beian_suite.contract import check_contract, is_bound, refuse_other_contracts
from beian_suite.model import Case, Step
from beian_suite.turn import Driver, TroubleError, Turn

SEED = 20240501


class NotPossibleError(Exception):
    """The driver in use cannot hold this conversation; the message says why."""


@dataclass
class Run:
    """A conversation as it went; it ends at the first step with problems, or without an answer to judge
    (`trouble`).

    `unseen` names the expectations that could not be looked at, `seen` counts the others; `bound` whether the
    reply contract was checked.
    """

    case: Case
    turns: list[Turn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed_step: Step | None = None
    trouble: TroubleError | None = None
    unanswered: str = ""
    unseen: list[str] = field(default_factory=list)
    seen: int = 0
    bound: bool = False

    @property
    def unchecked(self) -> str | None:
        """Why nothing was checked, when nothing was; a case that asks nothing is checked by the contract."""
        if self.seen:
            return None
        if self.unseen:
            return f"没有一项期望看得到，什么也没有核对：{'、'.join(self.unseen)}"
        return None if self.bound else "没有写任何期望，什么也没有核对"


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
    # What a driver in this process draws by chance is drawn alike in every case.
    random.seed(SEED)
    run = Run(case, unseen=list(case.passed_over))
    try:
        reason = driver.begin(case.slots, case.today)
        if reason:
            raise NotPossibleError(reason)
        for step, text in zip(case.steps, case.texts(variant)):
            _take(run, step, reword(text) if reword else text, driver, contract)
            if run.failed_step:
                break
    finally:
        driver.end()
    return run


def _take(run: Run, step: Step, text: str, driver: Driver, contract: bool) -> None:
    """Say one text and check the answer."""
    try:
        turn = driver.send(text, {**run.case.metadata, **step.metadata})
        if contract:
            refuse_other_contracts(turn)
    except TroubleError as trouble:
        run.trouble, run.failed_step, run.unanswered = trouble, step, text
        return
    run.turns.append(turn)
    result = check_step(step, turn)
    run.seen += result.seen
    run.unseen += result.unseen
    run.bound = run.bound or (contract and is_bound(turn))
    run.problems = result.problems + (check_contract(turn, step.line) if contract else [])
    if run.problems:
        run.failed_step = step
