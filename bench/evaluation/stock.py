"""Stock Rasa: the pipeline of `rasa init` with jieba for Chinese, trained in a process of its own.

Run as a module it trains: `python -m bench.evaluation.stock DATA.yml OUT --epochs N`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from beian.nlu.vector_cache import CACHE_FOLDER
from beian.progress import report
from bench.evaluation.messages import Pair, digest_of

NAME = "stock"
FACTS_FILE = "facts.json"
ROOT = Path(__file__).resolve().parents[2]
CACHE = CACHE_FOLDER / "evaluation"


def config(epochs: int) -> dict[str, Any]:
    """Rasa's default pipeline; the response selector is left out, for there are no responses to select."""
    return {
        "recipe": "default.v1",
        "language": "zh",
        "assistant_id": "stock-for-comparison",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "random_seed": 20240501},
            {"name": "EntitySynonymMapper"},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [{"name": "RulePolicy"}],
    }


def intent_of(label: str) -> str:
    """A label as an intent's name: Rasa would cut it at the slash."""
    return label.replace("/", "__", 1)


def label_of_intent(intent: str) -> str:
    """The label behind an intent's name."""
    return intent.replace("__", "/", 1)


def write_data(pairs: list[Pair], file: Path) -> None:
    """The training messages as Rasa reads them, one intent for each label."""
    by_label: dict[str, list[str]] = {}
    for text, label in pairs:
        by_label.setdefault(label, []).append(text)
    lines = ['version: "3.1"', "nlu:"]
    for label, texts in by_label.items():
        lines += [f"- intent: {intent_of(label)}", "  examples: |", *(f"    - {text}" for text in texts)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class StockModel:
    """A trained model, and how it was trained: epochs, number of messages, seconds."""

    model: Path
    epochs: int
    messages: int
    seconds: float


def model_for(pairs: list[Pair], epochs: int, cache: Path = CACHE) -> StockModel:
    """The model trained on these messages; trained now when there is none."""
    folder = cache / f"stock-{digest_of(pairs, config(epochs))}"
    if not (folder / FACTS_FILE).exists():
        report(f"stock Rasa: training with {epochs} epochs on {len(pairs)} messages")
        _train(pairs, epochs, folder)
    return _read(folder)


def newest(cache: Path = CACHE) -> StockModel:
    """The model trained last, whatever messages it saw. Raises FileNotFoundError when there is none."""
    files = sorted(cache.glob(f"stock-*/{FACTS_FILE}"), key=lambda file: file.stat().st_mtime)
    if not files:
        raise FileNotFoundError("no stock model has been trained yet")
    return _read(files[-1].parent)


def _read(folder: Path) -> StockModel:
    facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return StockModel(folder / f"{NAME}.tar.gz", **facts)


def _train(pairs: list[Pair], epochs: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    environment = {**os.environ, **quiet, "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONPATH": str(ROOT)}
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "nlu.yml"
        write_data(pairs, data)
        command = [sys.executable, "-m", __name__, str(data), str(folder), "--epochs", str(epochs)]
        # Rasa keeps a training cache in the working directory: a temporary one, to start from nothing.
        subprocess.run(command, cwd=temporary, env=environment, check=True)
    facts = {"epochs": epochs, "messages": len(pairs), "seconds": round(time.monotonic() - begun, 1)}
    (folder / FACTS_FILE).write_text(json.dumps(facts), encoding="utf-8")


def main() -> None:
    """Train in this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, required=True)
    options = parser.parse_args()
    from rasa.model_training import train_nlu

    config_file = Path("config.yml").resolve()
    config_file.write_text(yaml.safe_dump(config(options.epochs), sort_keys=False), encoding="utf-8")
    model = train_nlu(str(config_file), str(options.data), str(options.out), fixed_model_name=NAME)
    if model is None:
        raise SystemExit("Rasa trained no model")


if __name__ == "__main__":
    main()
