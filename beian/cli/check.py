"""`python -m beian check`: the knowledge base and the training data, all problems at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from beian.calendar.today import today_in_china
from beian.kb import KnowledgeBase, KnowledgeError, load_knowledge
from beian.kb.supplement import REVIEW_DAYS
from beian.meaning.data import ContextualDataError, read_lines
from beian.meaning.features import candidates_of
from beian.nlu.data_check import check_messages, read_messages

_FEW = 5


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="check the knowledge base and the training data")
    parser.add_argument("--report", action="store_true", help="print the variety of each label")
    parser.set_defaults(run=run)


def targets_of(kb: KnowledgeBase, labels: Iterable[str]) -> frozenset[str]:
    """What a line of the trees may mean."""
    return frozenset(candidates_of(kb, sorted(set(labels))).targets)


def run(options: argparse.Namespace) -> int:
    """Check; 0 when nothing is wrong."""
    try:
        kb = load_knowledge()
    except KnowledgeError as error:
        sys.stderr.write("知识库有问题，请改正：\n" + "\n".join(error.problems) + "\n")
        return 1
    overdue = kb.supplement.overdue(today_in_china())
    if overdue:
        sys.stderr.write(
            f"提醒：补充资料有 {len(overdue)} 条超过 {REVIEW_DAYS} 天没有复核，请按 docs/supplement.md 复核："
            f"{'、'.join(overdue[:_FEW])}{'……' if len(overdue) > _FEW else ''}\n"
        )
    result = check_messages(read_messages(), kb)
    if options.report:
        sys.stdout.write(result.table())
    if result.problems:
        sys.stderr.write("训练语料有问题，请改正：\n" + "\n".join(result.problems) + "\n")
        return 1
    try:
        lines = read_lines(targets=targets_of(kb, [label for _, label in read_messages()]))
    except ContextualDataError as error:
        sys.stderr.write("对话语料有问题，请改正：\n" + "\n".join(error.problems) + "\n")
        return 1
    sys.stdout.write(
        f"知识库 {len(kb.facts)} 条事实，{len(kb.themes)} 个未覆盖主题；"
        f"补充资料 {len(kb.supplement.facts)} 条，{len(kb.supplement.conflicts)} 处不一致；"
        f"训练语料 {result.messages} 句，{len(result.labels)} 个标签；"
        f"对话语料 {len(lines)} 句\n"
    )
    return 0
