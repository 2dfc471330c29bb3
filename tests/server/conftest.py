"""A real server for tests: the whole application over HTTP, with a tiny model trained once."""

import asyncio
import fcntl
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from sanic import Sanic

from beian.settings import ROOT, Rates, Settings
from tests.patience import PATIENCE, wait_for
from tests.server.loop_guard import no_database_in_the_loop  # noqa: F401 - a fixture
from tests.server.openapi import check_exchange

PROJECT = Path(__file__).parent / "project"
OPEN = Rates((10_000, 10_000.0), (100_000, 100_000.0), (10_000, 10_000.0), (100_000, 100_000.0))
KEY = "test-key-of-sixteen-characters"


def train_tiny(folder: Path) -> Path:
    """The tiny project's model in `folder`, trained by Rasa's own command when it changed."""
    digest = hashlib.sha256()
    for path in sorted(PROJECT.rglob("*")):
        if path.suffix in (".py", ".yml"):
            digest.update(path.read_bytes())
    name = f"tiny-{digest.hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.tar.gz"
    with (folder / "tiny.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not model.exists():
            command = [
                sys.executable,
                "-m",
                "rasa",
                "train",
                "--config",
                "config.yml",
                "--domain",
                "domain.yml",
            ]
            command += ["--data", "data", "--out", str(folder), "--fixed-model-name", name]
            env = {
                **os.environ,
                "RASA_TELEMETRY_ENABLED": "false",
                "PYTHONPATH": f"{PROJECT}{os.pathsep}{ROOT}",
            }
            subprocess.run(
                command, cwd=PROJECT, env=env, check=True, capture_output=True, timeout=10 * PATIENCE
            )
    return model


@pytest.fixture(scope="session")
def tiny_model() -> Path:
    sys.path.insert(0, str(PROJECT))
    return train_tiny(ROOT / ".cache" / "tests")


class Running:
    """A server in a thread of its own; `context` is its inside, `call` runs a coroutine there."""

    started: ClassVar[list["Running"]] = []

    def __init__(self, settings: Settings, model: Path, actions: str = "tiny_actions"):
        self.settings, self.model, self.actions = settings, model, actions
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._stop = None
        self.error: BaseException | None = None
        self._thread.start()
        assert self._ready.wait(5 * PATIENCE)
        if self.error:
            raise self.error
        self.started.append(self)
        self.url = f"http://127.0.0.1:{self.port}"
        # Nowhere TLS: to load certificates takes longer than most tests.
        self.client = httpx.Client(
            base_url=self.url, verify=False, timeout=PATIENCE, event_hooks={"response": [check_exchange]}
        )

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._serve())
        except BaseException as error:  # noqa: BLE001 - handed to the test
            self.error = error
            self._ready.set()

    async def _serve(self) -> None:
        from beian import launch
        from beian.app import build_app

        # Several applications in one process: without this, Sanic compiles its own methods only once.
        Sanic.test_mode = True
        self._stop = asyncio.Event()
        sock = launch.listening_socket("127.0.0.1", 0)
        self.port = sock.getsockname()[1]
        self.context = await launch.open_server(
            replace(self.settings, port=self.port), self.model, actions=self.actions
        )
        self.context.assistant.actions._seconds = 1.0
        self.app = build_app(self.context)
        launch.attach(self.app, self.context)
        server = await launch.start(self.app, sock)
        self._ready.set()
        await self._stop.wait()
        await launch.stop(self.app, server)

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE)

    def do(self, function, *arguments):
        """Run a plain function in the server's thread."""

        async def run():
            return function(*arguments)

        return self.call(run())

    def close(self) -> None:
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(PATIENCE)
        self.client.close()

    # --- as a customer ---

    def session(self) -> dict[str, str]:
        return {"X-Session": self.client.post("/api/sessions", json={}).json()["session"]}

    def conversation(self, headers: dict[str, str]) -> str:
        return self.context.signer.conversation(headers["X-Session"])

    def send(self, headers: dict[str, str], text: str, client_id: str = "c1") -> httpx.Response:
        return self.client.post("/api/messages", json={"client_id": client_id, "text": text}, headers=headers)

    def history(self, headers: dict[str, str], count: int = 0, after: int = 0) -> list[dict]:
        """The conversation's messages, after waiting until there are `count`."""

        def enough() -> list[list[dict]]:
            response = self.client.get("/api/history", params={"after": after}, headers=headers)
            messages = response.json()["messages"]
            return [messages] if len(messages) >= count else []

        return wait_for(enough)[0]

    def ask(self, sender: str, message: str) -> list[dict]:
        response = self.client.post("/webhooks/rest/webhook", json={"sender": sender, "message": message})
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture(autouse=True)
def servers_end_with_the_test() -> Iterator[None]:
    """What a test started for itself ends with it; what modules and the session share was there before."""
    before = len(Running.started)
    yield
    while len(Running.started) > before:
        Running.started.pop().close()


@pytest.fixture(scope="session")
def make_server(tiny_model, tmp_path_factory) -> Iterator[Callable[..., Running]]:
    """Start servers; each gets an empty var folder unless told one."""
    before = len(Running.started)

    def make(**settings) -> Running:
        settings.setdefault("var", tmp_path_factory.mktemp("var"))
        settings.setdefault("rates", OPEN)
        return Running(Settings(**settings), tiny_model)

    yield make
    while len(Running.started) > before:
        Running.started.pop().close()


@pytest.fixture(scope="session")
def server(make_server) -> Running:
    """One server shared by the tests that leave it as it was."""
    return make_server()


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait for a condition."""
    for _ in range(int(seconds * 50)):
        if condition():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it never happened")
