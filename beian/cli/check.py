"""`python -m beian check`: the knowledge base and the training data, all problems at once."""

from __future__ import annotations

import argparse
import sys

from beian.kb import KnowledgeError, load_knowledge
from beian.nlu.data_check import check_messages, read_messages


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("check", help="check the knowledge base and the training data")
    parser.add_argument("--report", action="store_true", help="print the variety of each label")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check; 0 when nothing is wrong."""
    try:
        kb = load_knowledge()
    except KnowledgeError as error:
        sys.stderr.write("知识库有问题，请改正：\n" + "\n".join(error.problems) + "\n")
        return 1
    result = check_messages(read_messages(), kb)
    if options.report:
        sys.stdout.write(result.table())
    if result.problems:
        sys.stderr.write("训练语料有问题，请改正：\n" + "\n".join(result.problems) + "\n")
        return 1
    sys.stdout.write(
        f"知识库 {len(kb.facts)} 条事实，{len(kb.themes)} 个未覆盖主题；"
        f"训练语料 {result.messages} 句，{len(result.labels)} 个标签\n"
    )
    return 0
