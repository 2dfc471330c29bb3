"""Does the conversation suite notice? Break the assistant in one place at a time and run the suite.

`python -m bench.suite_mutations` copies the checkout to a temporary folder, runs the files concerned there
unbroken, then for each mutation those that it concerns (`--whole`: all of them each time), and writes
bench/suite_mutations.md. A mutation is caught when a conversation fails that did not fail before, and
well placed when one of the failures says the words that name the place. The exit status is 1 unless all
are caught and well placed. `--only` runs some of them. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bench.checkout import ROOT, copy_checkout
from bench.forked import OUTPUT, run_tests
from bench.warm import Warm, forget_all

COPIED = (
    "actions",
    "beian",
    "beian_suite",
    "kb",
    "data",
    "domain.yml",
    "config.yml",
    "pyproject.toml",
    "tests/conversations",
)


@dataclass(frozen=True)
class Mutation:
    """Replace `old` by `new` in `file`; `words` must all stand in one of the new failures.

    `runs` are the conversation files to run: when they fail, the whole suite fails.
    """

    name: str
    file: str
    old: str
    new: str
    words: tuple[str, ...]
    runs: tuple[str, ...]


MUTATIONS = (
    Mutation(
        "提交期限多算一天",
        "beian/calendar/deadlines.py",
        "kb.calendar.submit_days, today",
        "kb.calendar.submit_days + 1, today",
        ("dates.yml", "2026年3月12日", "2026年3月13日"),
        (
            "dates.yml",
            "checklist.yml",
        ),
    ),
    Mutation(
        "审核时长写成 3-30个工作日",
        "kb/procedure.yml",
        "管局审核通常需要 3-20个工作日，具体",
        "管局审核通常需要 3-30个工作日，其中多数 20 日内，具体",
        ("timeline.yml", "bot_uttered", "3-20个工作日"),
        ("facts/timeline.yml",),
    ),
    Mutation(
        "企业与个人的材料对调",
        "beian/dialogue/stating.py",
        "    facts = in_case(facts_of(targets, kb), heard, after, kb)\n",
        '    kinds = ("enterprise", "individual")\n'
        '    both = [f"materials.subject_info.{kind}" for kind in kinds]\n'
        "    other = dict(zip(both, both[::-1]))\n"
        "    facts = in_case([other.get(f, f) for f in facts_of(targets, kb)], heard, after, kb)\n",
        ("materials.yml", "fact", "materials.subject_info.enterprise"),
        ("facts/materials.yml",),
    ),
    Mutation(
        "多条事实时丢掉最后一个出处",
        "beian/answers/reply.py",
        '"sources": [source_of(kb.facts[fact]) for fact in self.facts],',
        '"sources": [source_of(kb.facts[fact]) for fact in self.facts[:1]],',
        ("two_questions.yml", "回复约定", "出处"),
        ("two_questions.yml",),
    ),
    Mutation(
        "出处写错章节",
        "kb/procedure.yml",
        "section: [备案变更注意事项, 4. 服务器要求]",
        "section: [备案变更注意事项, 5. 网站负责人要求]",
        ("notice.yml", "source", "4. 服务器要求"),
        ("facts/notice.yml",),
    ),
    Mutation(
        "把握够不够的阈值都调成 0.995",
        "beian/reading/deciding.py",
        "ONLY_LIKELY = 0.2\n"
        "# The first message of a conversation has to be surer: nothing else tells what it may mean.\n"
        "SURE_AT_FIRST = 0.5\nLIKELY = 0.3\n",
        "ONLY_LIKELY = 0.995\nSURE_AT_FIRST = 0.995\nLIKELY = 0.995\n",
        ("status", "期望：answered", "clarify"),
        ("facts/access.yml", "facts/timeline.yml"),
    ),
    Mutation(
        "不再记住主体是企业还是个人",
        "beian/meaning/advance.py",
        '_CASE = ("change_type", "item", "subject_kind")',
        '_CASE = ("change_type", "item")',
        ("slot_was_set", "subject_kind = 'individual'"),
        (
            "corrections.yml",
            "happy_path.yml",
        ),
    ),
    Mutation(
        "回答的动作慢了四秒",
        "actions/reply.py",
        "        kb = load_knowledge()\n",
        "        slow = '几天内再提交' in str(tracker.latest_message.get('text'))\n"
        "        __import__('time').sleep(4 if slow else 0)\n"
        "        kb = load_knowledge()\n",
        ("guards.yml", "max_ms", "期望：3000"),
        ("guards.yml",),
    ),
    Mutation(
        "少了“下一步”的按钮",
        "beian/answers/reply.py",
        "return question_buttons(list(dict.fromkeys(following))[:most], kb)",
        "return question_buttons(list(dict.fromkeys(following))[1:most], kb)",
        ("facts/", "bot_uttered", "按钮"),
        (
            "facts/overview.yml",
            "facts/materials.yml",
        ),
    ),
    Mutation(
        "转人工不再标明 handoff",
        "beian/dialogue/handoff.py",
        '"handoff", "\\n".join(lines)',
        '"answered", "\\n".join(lines)',
        ("handoff.yml", "handoff", "没有转人工"),
        ("handoff.yml",),
    ),
    Mutation(
        "没问的也说：答完再带上注意事项",
        "beian/answers/reply.py",
        "    found = [kb.facts[fact] for fact in facts]\n    return Reply(\n",
        '    facts = tuple(dict.fromkeys([*facts, "notice.authenticity"]))[:4]\n'
        "    found = [kb.facts[fact] for fact in facts]\n    return Reply(\n",
        ("facts/", "facts_at_most", "notice.authenticity"),
        (
            "facts/timeline.yml",
            "facts/access.yml",
        ),
    ),
    Mutation(
        "没有答案时不再给客服电话",
        "kb/phrases.yml",
        '  contact: "需要确认时，可联系阿里云备案客服 {phone}，或在线提交工单。"',
        '  contact: "需要确认时，可在线提交工单。"',
        ("uncovered.yml", "bot_uttered", "951-880-2299"),
        ("uncovered.yml",),
    ),
    Mutation(
        "超长的话照样理解",
        "beian/text/acceptable.py",
        "if len(plain) > limit:",
        "if len(plain) > 3 * limit:",
        ("guards.yml", "status", "期望：error"),
        ("guards.yml",),
    ),
    Mutation(
        "一句话两个问题只答第一个",
        "beian/reading/reader.py",
        'meaning = replace(meaning, outcome="answer", targets=several)',
        'meaning = replace(meaning, outcome="answer", targets=several[:1])',
        ("two_questions.yml", "fact", "timeline.review"),
        ("two_questions.yml",),
    ),
)


def failures(folder: Path, runs: Iterable[str] = ("",)) -> dict[str, str]:
    """Run the suite, or the files named, in `folder`: each conversation that failed, and what was said.

    Conversations listed as known gaps are left out. Raises RuntimeError when there are no results.
    """
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    files = [f"tests/conversations/{name}" for name in runs]
    # In the order of the files: some seeds of a random one are too great for a library that is reseeded.
    status = run_tests([*files, "-q", "-p", "no:randomly", f"--junitxml={report}"], forget_all)
    if status not in (0, 1) or not report.exists():
        said = (folder / OUTPUT).read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the suite could not be run:\n{said[-3000:]}")
    found = {}
    for case in ElementTree.parse(report).iter("testcase"):
        for failure in [*case.findall("failure"), *case.findall("error")]:
            found[f"{case.get('classname')}::{case.get('name')}"] = failure.text or ""
    return found


@dataclass
class Outcome:
    """What the suite said to one mutation."""

    mutation: Mutation
    failed: dict[str, str]

    @property
    def placed(self) -> list[str]:
        """The failures that name the place."""
        words = self.mutation.words
        return [name for name, text in self.failed.items() if all(word in text for word in words)]

    @property
    def row(self) -> str:
        """A line of the table."""
        shown = self.placed or list(self.failed)
        first = shown[0].rpartition("::")[2] if shown else "—"
        verdict = "是" if self.placed else ("发现，但没有指到" if self.failed else "**没有发现**")
        where = "、".join(self.mutation.words)
        cells = (self.mutation.name, f"`{self.mutation.file}`", str(len(self.failed)), verdict, first, where)
        return f"| {' | '.join(cells)} |"


def try_mutation(mutation: Mutation, folder: Path, before: Iterable[str], whole: bool) -> Outcome:
    """Break the place, run, mend it. Raises ValueError when the place is not there exactly once."""
    path = folder / mutation.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutation.old) != 1:
        raise ValueError(
            f"{mutation.name}: {mutation.file} has {text.count(mutation.old)} times {mutation.old!r}"
        )
    path.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        found = failures(folder, ("",) if whole else mutation.runs)
    finally:
        path.write_text(text, encoding="utf-8")
    known = set(before)
    return Outcome(mutation, {name: said for name, said in found.items() if name not in known})


def main() -> None:
    """Run, report, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="words of the names of mutations to run")
    parser.add_argument("--whole", action="store_true", help="run every file for each mutation")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "suite_mutations.md")
    options = parser.parse_args()
    wanted = [m for m in MUTATIONS if not options.only or any(word in m.name for word in options.only)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_checkout(folder, COPIED)
        Warm(folder)
        (folder / "models").symlink_to(ROOT / "models")
        concerned = dict.fromkeys(name for mutation in wanted for name in mutation.runs)
        before = failures(folder, ("",) if options.whole else concerned)
        print(f"unbroken: {len(before)} failing", flush=True)
        outcomes = []
        for mutation in wanted:
            outcomes.append(try_mutation(mutation, folder, before, options.whole))
            print(outcomes[-1].row, flush=True)
    head = (
        "| 弄坏了什么 | 在哪里 | 失败的测试 | 指对了地方 | 其中之一 | 失败信息里有 |\n" + "| --- " * 6 + "|\n"
    )
    rows = "\n".join(outcome.row for outcome in outcomes)
    caught = sum(bool(outcome.placed) for outcome in outcomes)
    total = f"弄坏之前失败 {len(before)} 个；弄坏 {len(outcomes)} 处，{caught} 处被发现并指对了地方。"
    text = f"{head}{rows}\n\n{total}\n"
    options.out.write_text(text, encoding="utf-8")
    raise SystemExit(0 if caught == len(outcomes) else 1)


if __name__ == "__main__":
    main()
