"""The unchanged classifier on public data: CLINC150 with its out-of-scope set, and BANKING77.

The data is not part of the project. A folder holds `clinc150/data_full.json` (github.com/clinc/oos-eval) and
`banking77/train.csv`, `banking77/test.csv` (github.com/PolyAI-LDN/task-specific-datasets), or one of the two.
Both are English, which the encoder knows as well; the lexical part sees words and characters as ever.
`python -m bench.evaluation.public FOLDER` prints the figures; `python -m bench.evaluate --public FOLDER`
puts them into docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from beian.kb import load_knowledge
from beian.nlu import encoders
from beian.nlu.label_training import train_model
from beian.nlu.model import Example, LabelModel
from beian.progress import report
from bench.evaluation.ours import Understander

OUT_OF_SCOPE = "oos"
# In-scope accuracy on the validation set that the bias towards out-of-scope may cost.
MOST_LOST = 0.01
BIASES = np.arange(0.0, 8.0, 0.1)

# Larson et al. 2019, table 2, full data, trained with the out-of-scope class: in-scope accuracy and
# out-of-scope recall. Casanueva et al. 2020, table 2, BANKING77, full data.
CLINC_PAPERS = {
    "BERT": (0.969, 0.403),
    "MLP（USE 句向量）": (0.935, 0.474),
    "Rasa": (0.915, 0.453),
    "DialogFlow": (0.917, 0.140),
}
BANKING_PAPERS = {"BERT（微调）": 0.9366, "USE + ConveRT": 0.9336, "ConveRT": 0.9301, "USE": 0.9281}

Rows = list[tuple[str, str]]


def measure(folder: Path) -> dict[str, Any]:
    """The figures of each data set that the folder has. Raises FileNotFoundError when it has none."""
    found: dict[str, Any] = {}
    clinc, banking = folder / "clinc150" / "data_full.json", folder / "banking77"
    if clinc.exists():
        found["clinc150"] = measure_clinc(json.loads(clinc.read_text(encoding="utf-8")))
    if (banking / "train.csv").exists():
        found["banking77"] = measure_banking(_read(banking / "train.csv"), _read(banking / "test.csv"))
    if not found:
        raise FileNotFoundError(f"neither {clinc} nor {banking / 'train.csv'}")
    return found


def _read(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["category"]) for row in csv.DictReader(lines)]


class _Trained:
    """The component trained on some messages."""

    def __init__(self, rows: Rows) -> None:
        self._understander = Understander(load_knowledge())
        examples = self._prepared(rows)
        vectors = encoders.encode_many(encoders.ENCODER, [example.text for example in examples])
        self.model: LabelModel = train_model(examples, [label for _, label in rows], vectors, report)

    def chances(self, rows: Rows) -> np.ndarray:
        """The probabilities (messages, labels)."""
        examples = self._prepared(rows)
        assert self.model.centre is not None
        texts = [example.text for example in examples]
        return self.model.probabilities(
            examples, encoders.encode_many(encoders.ENCODER, texts) - self.model.centre
        )

    def _prepared(self, rows: Rows) -> list[Example]:
        return [self._understander.prepare(text) for text, _ in rows]


def measure_clinc(data: dict[str, list[list[str]]]) -> dict[str, float]:
    """In-scope accuracy and out-of-scope recall, as trained and with a bias chosen on the validation set."""
    parts = {name: [(text, label) for text, label in rows] for name, rows in data.items()}
    trained = _Trained(parts["train"] + parts["oos_train"])
    labels = np.array(trained.model.labels)
    inside, outside = trained.chances(parts["val"]), trained.chances(parts["oos_val"])
    bias = chosen_bias(inside, [label for _, label in parts["val"]], outside, labels)
    inside, outside = trained.chances(parts["test"]), trained.chances(parts["oos_test"])
    wanted = [label for _, label in parts["test"]]
    plain, biased = (figures(inside, wanted, outside, labels, value) for value in (0.0, bias))
    return {
        "accuracy": plain[0],
        "recall": plain[1],
        "bias": float(bias),
        "biased_accuracy": biased[0],
        "biased_recall": biased[1],
        "test": len(wanted),
        "oos_test": len(outside),
    }


def figures(
    inside: np.ndarray, wanted: Sequence[str], outside: np.ndarray, labels: np.ndarray, bias: float
) -> tuple[float, float]:
    """(in-scope accuracy, out-of-scope recall) when `bias` is added to the log-odds of out-of-scope."""
    return (
        float((_best(inside, labels, bias) == np.array(wanted)).mean()),
        float((_best(outside, labels, bias) == OUT_OF_SCOPE).mean()),
    )


def _best(chances: np.ndarray, labels: np.ndarray, bias: float) -> np.ndarray:
    weighed = chances * np.where(labels == OUT_OF_SCOPE, np.exp(bias), 1.0)
    return np.asarray(labels[weighed.argmax(axis=1)])


def chosen_bias(inside: np.ndarray, wanted: Sequence[str], outside: np.ndarray, labels: np.ndarray) -> float:
    """The bias with the highest recall among those that cost no more than MOST_LOST of the accuracy."""
    measured = [(bias, *figures(inside, wanted, outside, labels, bias)) for bias in BIASES.tolist()]
    least = measured[0][1] - MOST_LOST
    return max((one for one in measured if one[1] >= least), key=lambda one: (one[2], -one[0]))[0]


def measure_banking(train: Rows, test: Rows) -> dict[str, float]:
    """Accuracy."""
    trained = _Trained(train)
    best = np.array(trained.model.labels)[trained.chances(test).argmax(axis=1)]
    wanted = np.array([label for _, label in test])
    return {"accuracy": float((best == wanted).mean()), "test": len(test)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    json.dump(measure(parser.parse_args().folder), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
