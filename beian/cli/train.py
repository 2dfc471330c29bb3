"""`python -m beian train`: train when the sources have changed."""

from __future__ import annotations

import argparse
import sys


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("train", help="train the model when its sources have changed")
    parser.add_argument("--force", action="store_true", help="train even when the model is fresh")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train; 0 when a fresh model is there in the end."""
    from beian.engine.training import TrainingDataError, TrainingError, is_fresh, train
    from beian.kb import KnowledgeError

    try:
        if is_fresh() and not options.force:
            sys.stderr.write("模型已是最新\n")
            return 0
        train(force=options.force)
    except KnowledgeError as error:
        sys.stderr.write("知识库有问题，请先改正：\n" + "\n".join(error.problems) + "\n")
        return 1
    except TrainingDataError as error:
        sys.stderr.write("训练语料有问题，请先改正：\n" + "\n".join(error.problems) + "\n")
        return 1
    except TrainingError as error:
        sys.stderr.write(f"{error}\n训练失败，原因见上。\n")
        return 1
    return 0
