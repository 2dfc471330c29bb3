"""A failed conversation in words."""

from __future__ import annotations

from beian_suite.model import Case
from beian_suite.run import Run
from beian_suite.turn import Turn

MOST_LABELS = 5
MOST_REASON = 160


def failure_text(run: Run) -> str:
    """Transcript, unmet expectations, labels with confidences, slots and events of a failed run.

    Where there was no answer to judge: one sentence, after what had been said until then.
    """
    step = run.failed_step
    number = run.case.steps.index(step) + 1 if step else 0
    line = step.line if step else run.case.line
    where = f"{run.case.path}:{line}: 用例“{run.case.name}”第 {number} 步"
    if run.trouble:
        return "\n".join([f"{where}没有得到能核对的回答：{run.trouble}", *_until_then(run)])
    parts = [f"{where}未通过", "", "对话："]
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


def _until_then(run: Run) -> list[str]:
    if not run.turns:
        return []
    return [
        "",
        "对话：",
        *_indented(transcript(run)),
        f"  用户：{run.unanswered}",
        "  （没有得到能核对的回答）",
    ]


def reason_of(run: Run) -> str:
    """Why a run failed, in one line."""
    if run.trouble:
        return str(run.trouble)
    first = run.problems[0]
    words = f"第 {first.line} 行 {first.kind}：期望 {first.expected}，实际 {first.actual}"
    more = f"（另有 {len(run.problems) - 1} 项）" if len(run.problems) > 1 else ""
    return " ".join(words.split())[:MOST_REASON] + more


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
