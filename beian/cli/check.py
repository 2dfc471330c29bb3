"""`python -m beian check`: the knowledge base and the training data, all problems at once."""

from __future__ import annotations

import argparse
import sys

_FEW = 5


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="check the knowledge base and the training data")
    parser.add_argument("--report", action="store_true", help="print the variety of each label")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check; 0 when nothing is wrong."""
    from beian.calendar.today import today_in_china
    from beian.engine.training_data import check_training_data
    from beian.kb import KnowledgeError, load_knowledge
    from beian.kb.supplement import REVIEW_DAYS

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
    data = check_training_data(kb)
    if options.report:
        sys.stdout.write(data.report.table())
    if data.problems:
        sys.stderr.write("训练语料有问题，请改正：\n" + "\n".join(data.problems) + "\n")
        return 1
    sys.stdout.write(
        f"知识库 {len(kb.facts)} 条事实，{len(kb.themes)} 个未覆盖主题；"
        f"补充资料 {len(kb.supplement.facts)} 条，{len(kb.supplement.conflicts)} 处不一致；"
        f"训练语料 {data.report.messages} 句，{len(data.report.labels)} 个标签；"
        f"对话语料 {data.lines} 句\n"
    )
    return 0
