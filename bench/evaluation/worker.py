"""A system in a process of its own, asked one message at a time over its standard streams.

So every system's time and memory are its own, and two systems can be asked in turn in one run.
Run as a module: `python -m bench.evaluation.worker SYSTEM [MODEL]`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import psutil
import threadpoolctl

from bench.evaluation.predictions import Prediction, of_ours, of_stock

SYSTEMS = ("ours", "stock", "logistic", "bm25", "nearest")
ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1 << 20
_MOST_SAID = 2000


class Worker:
    """A running system; use it as a context manager. `megabytes` and `added` are as of the last answer."""

    def __init__(self, system: str, model: Path | None = None) -> None:
        quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
        # What the libraries print is worth reading only when the process dies.
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, system, *([str(model)] if model else [])],
            cwd=ROOT,
            env={**os.environ, **quiet, "SQLALCHEMY_SILENCE_UBER_WARNING": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
        )
        self.system = system
        self.before = self.megabytes = 0.0
        self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            status = self._process.wait()
            self._said.seek(0)
            tail = self._said.read()[-_MOST_SAID:]
            raise RuntimeError(f"the process of {self.system} ended with status {status}:\n{tail}")
        answer: dict[str, Any] = json.loads(line)
        self.before, self.megabytes = answer["before"], answer["megabytes"]
        return answer

    def ask(self, text: str) -> Prediction:
        """What the system makes of a message. Raises RuntimeError when its process has died."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"text": text}) + "\n")
        self._process.stdin.flush()
        found = self._read()["prediction"]
        ranking = tuple((label, chance) for label, chance in found.pop("ranking"))
        return Prediction(ranking=ranking, labels=tuple(found.pop("labels")), **found)

    @property
    def added(self) -> float:
        """Megabytes that loading and using the model added to its process."""
        return self.megabytes - self.before

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stdin and self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout and self._process.stdout.close()
        self._said.close()


def _resident() -> float:
    return float(psutil.Process().memory_info().rss) / MEGABYTE


def _serve(system: str, model: Path | None, out: IO[str]) -> None:
    predict, before = _load(system, model)

    def write(**values: Any) -> None:
        out.write(json.dumps({"before": before, "megabytes": _resident(), **values}) + "\n")
        out.flush()

    write()
    for line in sys.stdin:
        text = json.loads(line)["text"]
        begun, cpu = time.perf_counter(), time.process_time()
        prediction = predict(text)
        cpu, seconds = time.process_time() - cpu, time.perf_counter() - begun
        write(prediction={**asdict(prediction), "seconds": seconds, "cpu": cpu})


def _load(system: str, model: Path | None) -> tuple[Any, float]:
    """A function from text to Prediction, and the memory with the libraries but no model loaded."""
    if system in ("ours", "stock"):
        return _rasa(system, model)
    from beian.kb import load_knowledge
    from bench.evaluation import baselines

    before = _resident()
    if system == "logistic":
        assert model
        return baselines.logistic(model), before
    return getattr(baselines, system)(load_knowledge()), before


def _rasa(system: str, model: Path | None) -> tuple[Any, float]:
    """Either Rasa model by Rasa's own agent; this project's without TensorFlow, as its server does it."""
    from beian.engine.without_tensorflow import keep_tensorflow_out
    from beian.logs import keep_rasa_quiet

    keep_rasa_quiet()
    if system == "ours":
        keep_tensorflow_out()
    from rasa.core.agent import Agent

    if system == "ours":
        # Its libraries, as TensorFlow is among the other's by now.
        import_module("beian.engine.components.contextual_meaning")
    before = _resident()
    assert model
    agent = Agent()
    agent.load_model(model)
    if system == "ours":
        # As its server does.
        threadpoolctl.threadpool_limits(limits=1)
    loop = asyncio.new_event_loop()
    read = of_ours if system == "ours" else of_stock
    return lambda text: read(loop.run_until_complete(agent.parse_message(text))), before


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("model", type=Path, nargs="?")
    options = parser.parse_args()
    # Whatever a library prints must not mix with the answers.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _serve(options.system, options.model, out)


if __name__ == "__main__":
    main()
