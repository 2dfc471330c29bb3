"""A failed conversation in words."""

from __future__ import annotations

from beian.testing.model import Case
from beian.testing.run import Run
from beian.testing.turn import Turn

MOST_LABELS = 5


def failure_text(run: Run) -> str:
    """Transcript, unmet expectations, labels with confidences, slots and events of a failed run."""
    step = run.failed_step
    number = run.case.steps.index(step) + 1 if step else 0
    line = step.line if step else run.case.line
    parts = [f"{run.case.path}:{line}: 用例“{run.case.name}”第 {number} 步未通过", "", "对话："]
    parts += _indented(transcript(run))
    parts += ["", "未通过："]
    for problem in run.problems:
        parts.append(f"  第 {problem.line} 行 {problem.kind}")
        parts += [
            f"    期望：{problem.expected}",
            "    实际：" + problem.actual.replace("\n", "\n          "),
        ]
    parts += ["", *_indented(circumstances(run.turns[-1]))]
    return "\n".join(parts)


def transcript(run: Run) -> list[str]:
    """The conversation so far, a line or more for each message."""
    lines = []
    for turn in run.turns:
        lines.append(f"用户：{turn.text}")
        for message in turn.messages:
            lines += [
                ("助手：" if number == 0 else "      ") + line
                for number, line in enumerate(message.text.splitlines() or [""])
            ]
            if message.buttons:
                lines.append(
                    "      [" + "] [".join(str(button.get("title")) for button in message.buttons) + "]"
                )
        if not turn.messages:
            lines.append("助手：（没有回复）")
    return lines


def circumstances(turn: Turn) -> list[str]:
    """What was understood, the slots and what happened in a turn."""
    labels = " · ".join(f"{label} {chance:.2f}" for label, chance in turn.ranking[:MOST_LABELS])
    slots = "，".join(f"{name} = {value!r}" for name, value in turn.slots.items() if value is not None)
    lines = [f"理解：{labels or '没有'}", f"状态：{'、'.join(turn.statuses) or '没有'}"]
    lines += [f"事实：{'、'.join(turn.facts) or '没有'}", f"槽位：{slots or '没有'}"]
    return [*lines, f"事件：{' → '.join(map(str, turn.happenings)) or '没有'}", f"用时：{turn.ms:.0f} ms"]


def label_of(case: Case, variant: int) -> str:
    """The name of one test of a case: numbered where the case has several."""
    return f"{case.name}[{variant + 1}]" if case.variants > 1 else case.name


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
