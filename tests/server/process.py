"""The real command in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from beian.settings import ROOT
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.server.conftest import PROJECT

FREE = "100000,100000"


_PATIENT = (
    "import beian.engine.loading as it; it.ACTION_SECONDS = {}; from beian.__main__ import main; main()"
)


class Process:
    """`python -m beian serve` of the checkout `root`, with the tiny model (or another) on `port`; `files` may
    be open, and an action may take `action_seconds`."""

    def __init__(
        self,
        var: Path,
        model: Path,
        port: int | None = None,
        actions: str = "tiny_actions",
        files: int | None = None,
        root: Path = ROOT,
        action_seconds: float | None = None,
        **environ: str,
    ):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        rates = {f"BEIAN_RATE_{name}": FREE for name in ("SESSION", "ADDRESS", "NEW_SESSIONS", "API_KEY")}
        self.env = {**os.environ, **rates, "PYTHONPATH": f"{PROJECT}{os.pathsep}{root}", **environ}
        program = ["-m", "beian"] if action_seconds is None else ["-c", _PATIENT.format(action_seconds)]
        self.command = [sys.executable, *program, "serve", "--port", str(self.port), "--var", str(var)]
        self.command += ["--model", str(model), "--actions", actions]
        if files:
            self.command = ["sh", "-c", f'ulimit -n {files} && exec "$@"', "-", *self.command]
        self.log = var.parent / f"{var.name}-{self.port}.log"
        var.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, env=self.env, cwd=var, stdout=log, stderr=log)

    def wait_until_it_answers(self, seconds: float = 5 * PATIENCE) -> "Process":
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(self.log.read_text()[-3000:])
            try:
                if httpx.get(f"{self.url}/readyz", verify=False, timeout=PATIENCE).status_code == 200:
                    return self
            except httpx.HTTPError:
                threading.Event().wait(0.1)
        raise AssertionError("the server did not start: " + self.log.read_text()[-3000:])

    def lines(self) -> list[dict]:
        """What it has logged."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)
