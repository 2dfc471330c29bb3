"""Train the model when its sources have changed, and say what is going on."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

from beian.engine.training_data import check_training_data
from beian.engine.training_sources import sources_digest
from beian.kb import load_knowledge
from beian.progress import PREFIX, report
from beian.project import ROOT

MODELS = ROOT / "models"
NAME = "beian"
_LOG_LINES = 40
# Sums come out in another order with another processor's widest instructions or another number of threads,
# and the search for the weights carries that on until single answers differ: every machine uses these.
_SAME_SUMS = {
    "OPENBLAS_CORETYPE": "Haswell",
    "OPENBLAS_NUM_THREADS": "2",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL",
}


class TrainingDataError(ValueError):
    """The training data has faults; `problems` has one readable line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class TrainingError(RuntimeError):
    """Training failed; the message holds the end of its log."""


def is_fresh() -> bool:
    """Whether a model trained from the present sources is there. Raises KnowledgeError."""
    stamp = MODELS / f"{NAME}.digest"
    model = MODELS / f"{NAME}.tar.gz"
    return model.exists() and stamp.exists() and stamp.read_text() == sources_digest()


def train(force: bool = False) -> Path:
    """The path of a fresh model, trained first if need be or if `force`.

    Raises KnowledgeError or TrainingDataError for faults in what is trained on, TrainingError when Rasa
    fails.
    """
    kb = load_knowledge()
    model = MODELS / f"{NAME}.tar.gz"
    if is_fresh() and not force:
        return model
    data = check_training_data(kb)
    if data.problems:
        raise TrainingDataError(data.problems)
    digest = sources_digest()
    begun = time.monotonic()
    report("training the model (once; later only when its sources change)")
    _run_rasa(force)
    (MODELS / f"{NAME}.digest").write_text(digest)
    report(f"model ready after {time.monotonic() - begun:.0f} s")
    return model


def training_environment() -> dict[str, str]:
    """The variables under which a training runs: quiet, and with the same sums on every machine."""
    quiet = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
    }
    return {**quiet, **(_SAME_SUMS if platform.machine() in ("x86_64", "AMD64") else {})}


def _run_rasa(force: bool) -> None:
    """Run the training, passing on the project's own progress lines only."""
    command = [sys.executable, "-m", "beian.engine.training_process", str(MODELS), NAME]
    command += ["--force"] if force else []
    tail: deque[str] = deque(maxlen=_LOG_LINES)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **training_environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            tail.append(line)
            if line.startswith(PREFIX):
                sys.stderr.write(line)
                sys.stderr.flush()
    if process.returncode:
        raise TrainingError("".join(tail))
