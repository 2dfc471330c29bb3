"""Measure the understanding beside other systems and write docs/evaluation.md with its pictures.

`python -m bench.evaluate` does all of it; `--quick` is a try with little data that writes to
results/evaluation/ instead; `--only NAME ...` does some sections and keeps the others' last figures as
long as they were measured on the same data. `--folds N` does N of the folds of the sections that leave
families or subjects out. `--public FOLDER` adds public data, which is not part of the project.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil

from beian.engine.training import MODELS, NAME, is_fresh
from beian.kb import load_knowledge
from beian.nlu.label_training import PASSES, train_model
from beian.progress import report
from bench.evaluation import (
    baselines,
    contextual,
    crossval,
    document,
    in_context,
    open_set,
    ours,
    pictures,
    public,
    questions,
    replies,
    stock,
    systems,
)
from bench.evaluation.messages import contextual_digest, digest_of, training_pairs
from bench.evaluation.perturb import KINDS, perturb
from bench.evaluation.similarity import nearest_similarity

ROOT = Path(__file__).resolve().parents[1]
SECTIONS = (
    "systems",
    "lexical",
    "crossval",
    "learning",
    "perturb",
    "bank",
    "in_context",
    "open_set",
    "public",
)
# What these measure depends on the trees as well.
OF_CONTEXT = ("bank", "in_context", "open_set")
STOCK_EPOCHS = 4
QUICK_MESSAGES, QUICK_QUESTIONS, QUICK_EPOCHS, QUICK_PASSES, QUICK_FOLDS = 1500, 60, 2, 1, 1
SEED = 20240501
# Enough for the figures to be within two points, and six times as many messages are asked.
PERTURBED = 350


class Evaluation:
    """What the sections share, each part made when it is first needed."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.kb = load_knowledge()
        self.questions = questions.read_questions()
        self.pairs = training_pairs(self.kb)
        chance = random.Random(SEED)
        if options.quick:
            self.pairs = chance.sample(self.pairs, QUICK_MESSAGES)
            self.questions = chance.sample(self.questions, QUICK_QUESTIONS)
        self.passes = QUICK_PASSES if options.quick else PASSES
        self.stock_pairs = self.pairs
        if options.stock_messages and options.stock_messages < len(self.pairs):
            self.stock_pairs = chance.sample(self.pairs, options.stock_messages)

    @cached_property
    def stock(self) -> stock.StockModel:
        """The stock model."""
        if self.options.earlier_stock:
            return stock.newest()
        return stock.model_for(self.stock_pairs, self.options.stock_epochs)

    @cached_property
    def understander(self) -> ours.Understander:
        """The pipeline without a model, to prepare messages."""
        return ours.Understander(self.kb)

    @cached_property
    def prepared(self) -> ours.Prepared:
        """The training messages as the model sees them."""
        return ours.prepare_all(self.pairs, self.understander)

    def systems(self) -> dict[str, Any]:
        """All systems on all questions."""
        models = {
            "ours": MODELS / f"{NAME}.tar.gz",
            "stock": self.stock.model,
            "logistic": baselines.logistic_for(self.pairs),
            "bm25": None,
            "nearest": None,
        }
        texts = [question.text for question in self.questions]
        similarity = nearest_similarity(texts, [text for text, _ in self.pairs])
        return {
            "stock": {
                "epochs": self.stock.epochs,
                "messages": self.stock.messages,
                "seconds": self.stock.seconds,
            },
            **systems.measure(models, self.questions, similarity),
        }

    def lexical(self) -> dict[str, Any]:
        """This system as it works where the sentence encoder cannot run."""
        report("lexical mode: training without sentence vectors")
        data = self.prepared
        labels = [data.names[place] for place in data.target]
        model = train_model(data.examples, labels, None, report)
        return systems.measure_in_process(ours.Understander(self.kb, model).predict, self.questions)

    def crossval(self) -> dict[str, Any]:
        """Five-fold cross-validation of the label model."""
        return crossval.cross_validate(self.prepared, self.passes)

    def learning(self) -> dict[str, Any]:
        """Accuracy by the number of training messages."""
        single = questions.singles(self.questions)
        examples = [self.understander.prepare(question.text) for question in single]
        points = crossval.learning_curve(self.prepared, single, examples, self.passes)
        return {"points": points}

    def perturb(self) -> dict[str, Any]:
        """The trained systems on misspelt questions."""
        models: dict[str, Path | None] = {
            "ours": MODELS / f"{NAME}.tar.gz",
            "stock": self.stock.model,
            "logistic": baselines.logistic_for(self.pairs),
        }
        asked = questions.singles(self.questions)
        asked = random.Random(SEED).sample(asked, min(PERTURBED, len(asked)))
        return systems.perturbed(models, asked, tuple(KINDS), perturb)

    def bank(self) -> dict[str, Any]:
        """Whole conversations and hard questions, by the replies."""
        return replies.measure()

    def in_context(self) -> dict[str, Any]:
        """The reading of messages in conversations whose families it has not seen."""
        material = contextual.material_of(MODELS / f"{NAME}.tar.gz", self.kb)
        folds = min(self.options.folds or in_context.GROUPS, in_context.GROUPS)
        shares = (1.0,) if self.options.quick else in_context.SHARES
        return in_context.measure(material, self.kb, folds, shares)

    def open_set(self) -> dict[str, Any]:
        """What is made of themes and foreign subjects that were never seen."""
        folds = min(self.options.folds or open_set.FOLDS, open_set.FOLDS)
        return open_set.measure(self.prepared, self.kb, folds)

    def public(self) -> dict[str, Any]:
        """The classifier on public data."""
        return public.measure(self.options.public)

    def run_facts(self) -> dict[str, Any]:
        """What was measured."""
        return {
            "messages": len(self.pairs),
            "labels": len({label for _, label in self.pairs}),
            "questions": len(self.questions),
            "single": len(questions.singles(self.questions)),
            "several": len(questions.several(self.questions)),
            "quick": self.options.quick,
        }


def machine_facts() -> dict[str, Any]:
    """The machine in general terms."""
    return {
        "cores": os.cpu_count(),
        "memory": round(psutil.virtual_memory().total / (1 << 30)),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": f"{psutil.getloadavg()[0]:.1f}",
    }


def draw(results: dict[str, Any], folder: Path) -> None:
    """The pictures of every section that was measured."""
    sections = results["sections"]
    if "systems" in sections:
        pictures.latency(folder / "eval-latency.png", sections["systems"]["seconds"])
        panels = {"评测题": sections["systems"]["calibration"]["ours"]}
        if "crossval" in sections:
            panels["交叉验证"] = sections["crossval"]
        pictures.reliability(folder / "eval-reliability.png", panels)
    if "crossval" in sections:
        pictures.confusion(folder / "eval-confusion.png", sections["crossval"]["confused"])
    if "learning" in sections:
        pictures.learning(folder / "eval-learning.png", sections["learning"]["points"])


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little data, to see that it works")
    parser.add_argument(
        "--only", nargs="+", choices=SECTIONS, default=SECTIONS, metavar="NAME", help="|".join(SECTIONS)
    )
    parser.add_argument("--folds", type=int, help="so many folds of in_context and open_set instead of all")
    parser.add_argument("--public", type=Path, metavar="FOLDER", help="measure on public data, too")
    parser.add_argument("--stock-epochs", type=int, help=f"training epochs of stock Rasa ({STOCK_EPOCHS})")
    parser.add_argument("--stock-messages", type=int, help="train stock Rasa on a sample of so many messages")
    parser.add_argument(
        "--earlier-stock",
        action="store_true",
        help="take the stock model trained last, though the messages have changed since",
    )
    options = parser.parse_args(arguments)
    if options.stock_epochs is None:
        options.stock_epochs = QUICK_EPOCHS if options.quick else STOCK_EPOCHS
    if options.folds is None and options.quick:
        options.folds = QUICK_FOLDS
    if options.public is None:
        options.only = [name for name in options.only if name != "public"]
    return options


def earlier_results(store: Path, digests: dict[str, str]) -> dict[str, Any]:
    """The last figures of those sections that were measured on the data of these `digests`."""
    results: dict[str, Any] = {"digests": {}, "sections": {}}
    if not store.exists():
        return results
    earlier = json.loads(store.read_text(encoding="utf-8"))
    measured = earlier.get("digests", {})
    same = [name for name in earlier["sections"] if measured.get(name) == digests[name]]
    results |= {key: earlier[key] for key in ("machine", "run") if key in earlier}
    results["digests"] = {name: digests[name] for name in same}
    results["sections"] = {name: earlier["sections"][name] for name in same}
    return results


def main(arguments: list[str] | None = None) -> None:
    """Measure, then write the figures, the pictures and the document."""
    options = parse(arguments)
    if not is_fresh():
        report("the model in models/ is older than its sources: `make train` makes it anew")
    evaluation = Evaluation(options)
    folder = ROOT / "results" / "evaluation"
    store = folder / ("quick.json" if options.quick else "results.json")
    messages = digest_of(evaluation.pairs)
    of_context = f"{messages}-{contextual_digest()}"
    # What is measured on public data does not change with the project's own.
    digests = {name: of_context if name in OF_CONTEXT else messages for name in SECTIONS} | {
        "public": "public"
    }
    results = earlier_results(store, digests)
    results["machine"] = machine_facts()
    results["run"] = evaluation.run_facts()
    for name in SECTIONS:
        if name in options.only:
            report(f"section: {name}")
            results["sections"][name] = getattr(evaluation, name)()
            results["digests"][name] = digests[name]
            store.parent.mkdir(parents=True, exist_ok=True)
            store.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    target = folder if options.quick else ROOT / "docs"
    draw(results, target / "images")
    (target / "evaluation.md").write_text(document.document(results), encoding="utf-8")
    report(f"written: {(target / 'evaluation.md').relative_to(ROOT)}")


if __name__ == "__main__":
    main()
