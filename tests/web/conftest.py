"""A browser, a scripted server and the real one for the tests of the web pages."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from made_up_document import DOCUMENT
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect, sync_playwright
from stand_in import StandIn

from tests.patience import PATIENCE
from tests.ports import free_port

# What is expected comes at last on a slow machine too; Playwright's own patience is five seconds.
expect.set_options(timeout=PATIENCE * 1000)

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
# As though the launcher's teaser had been seen in this session: it comes by the clock.
# The desk has no launcher, and what it keeps in the tab is looked at.
NO_TEASER = """
try {
  if (location.pathname !== '/desk') sessionStorage.setItem('beian.teaser', '1');
} catch { /* no storage in this frame */ }
"""


def install_node_modules() -> Path:
    """The folder of the web client's packages, filled as the lock file says where it is missing."""
    folder = ROOT / "web" / "node_modules"
    # Several test processes may want it at once.
    with (Path(tempfile.gettempdir()) / "beian-web-install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".package-lock.json").is_file():
            command = ["npm", "--prefix", str(folder.parent), "ci"]
            subprocess.run(command, check=True, capture_output=True, timeout=5 * PATIENCE)
    return folder


class Chromium:
    """One browser for all tests of this folder. Playwright keeps an event loop running in the thread until it
    is stopped, in which no other can run: it ends with the folder, before another one's tests."""

    def __init__(self) -> None:
        self._ending = contextlib.ExitStack()
        self._browser: Browser | None = None

    def start(self) -> Browser:
        if self._browser is None:
            playwright = self._ending.enter_context(sync_playwright())
            self._browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            self._ending.callback(self._browser.close)
        return self._browser

    def stop(self) -> None:
        self._browser = None
        self._ending.close()


chromium = Chromium()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    try:
        return (yield)
    finally:
        if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
            chromium.stop()


@pytest.fixture
def browser() -> Browser:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    return chromium.start()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    server = StandIn()
    yield server
    server.stop()


class Watched:
    """Makes pages whose errors and broken policies fail the test."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []
        self.foreign: list[str] = []

    def context(self, teaser: bool = False, **options: Any) -> BrowserContext:
        context = self.browser.new_context(
            **{"locale": "zh-CN", "viewport": {"width": 1280, "height": 860}} | options
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(WATCH)
        if not teaser:
            context.add_init_script(NO_TEASER)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", self._note)
        self.contexts.append(context)
        return context

    def _note(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "http://localhost:", "blob:", "data:")):
            self.foreign.append(request.url)

    def page(self, url: str, **options: Any) -> Page:
        page = self.context(**options).new_page()
        page.goto(url)
        return page

    def close(self) -> list[str]:
        violations: list[str] = []
        for context in self.contexts:
            for page in context.pages:
                for frame in page.frames:
                    if frame.url.startswith("http"):
                        violations += frame.evaluate("window.violations || []")
            context.close()
        return self.errors + violations + self.foreign


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Pages for a test. No script error, broken policy or request to a foreign host may happen in them."""
    watched = Watched(browser)
    yield watched
    assert watched.close() == []


class Widget:
    """The widget on a page, through what a person finds there."""

    def __init__(self, page: Page, root: Page | FrameLocator) -> None:
        self.page, self.root = page, root
        self.input = root.get_by_role("combobox", name="输入问题")
        self.log = root.get_by_role("log")
        self.answers = root.locator(".Row.bot:not([data-typing])")
        self.questions = root.locator(".Row.user")

    def ask(self, text: str) -> Locator:
        """Ask by typing; the answer, once it is there."""
        before = self.answers.count()
        self.input.fill(text)
        self.input.press("Enter")
        return self.answer(before)

    def answer(self, place: int) -> Locator:
        answer = self.answers.nth(place)
        answer.wait_for()
        return answer

    def button(self, name: str, exact: bool = True) -> Locator:
        return self.root.get_by_role("button", name=name, exact=exact)

    def texts(self) -> list[str]:
        """The customer's own messages, in order."""
        return self.questions.locator(".Plain").all_inner_texts()


def full_page(page: Page) -> Widget:
    widget = Widget(page, page)
    widget.input.wait_for()
    return widget


def embedded(page: Page, opened: bool = True) -> Widget:
    frame = page.frame_locator("iframe")
    if opened:
        frame.get_by_role("button", name="打开备案变更助手").click()
    return Widget(page, frame)


@pytest.fixture(scope="session")
def axe() -> str:
    return (install_node_modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def chat(watched: Watched, stand_in: StandIn) -> Widget:
    """The full-page chat with the scripted server."""
    return full_page(watched.page(f"{stand_in.url}/chat"))


class RealServer:
    """The server as people start it; `settings` are its own, the tests around it see nothing of them."""

    def __init__(self, folder: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> None:
        self.folder, self.arguments = folder, arguments
        self.env = {**os.environ, **(settings or {})}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "beian",
            "serve",
            "--port",
            str(self.port),
            "--var",
            str(self.folder),
            *self.arguments,
        ]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=self.env)
        for _ in range(int(10 * PATIENCE)):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=PATIENCE):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-3000:])

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


@pytest.fixture(scope="session")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    if not any((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("needs a trained model in models/")
    server = RealServer(tmp_path_factory.mktemp("var"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def desk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server with the document and with agents, whose names are of several scripts."""
    from desk_page import SETTINGS, add_accounts

    if not any((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("needs a trained model in models/")
    folder = tmp_path_factory.mktemp("desk")
    add_accounts(folder, "li", "wang", "sun", "qiao", "李敏", "a.b", "ｗｕ．ｔａｏ")
    document = folder / "procedure.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    server = RealServer(folder, settings={**SETTINGS, "BEIAN_PROCEDURE": str(document)})
    yield server
    server.stop()
