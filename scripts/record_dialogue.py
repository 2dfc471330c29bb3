"""Record one real dialogue for the README, and take pictures of the widget and the desk.

    python scripts/record_dialogue.py [--server URL --var FOLDER] [--only NAME]

A server of its own is started on a free port, with an empty data folder; or one that runs already is used.
The pages are those that everybody gets, in a real Chromium. Files of docs/images/ are written:
`dialogue.webp` (moving), `answers.png`, `supplement.png`, `widget.png`, `desk.png`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
TALK = ("公司法人换了，备案要改吗", "要准备哪些材料", "上周五换的，最晚哪天交", "办这个收费吗")
"""A change, a question that leaves it out, a day, and what the document does not say."""
SHOWN = (
    ("公司法人换了，要准备哪些材料", "上周五换的，最晚哪天交"),
    ("换服务器的时候网站会断吗", "材料有哪些", "备案被驳回了，说网站名称不规范"),
)
"""The two conversations that are shown whole."""
ADDED = (("ICP备案每年要年审吗",), ("主体过户要什么材料", "接入备案"))
"""What the second layer answers, what it says beside the document, and what it has several facts on."""
PHONE = ("驳回的30天和变更的30天是一个吗",)
HIGH = 760
"""What the phone asks, and how high both pictures of the widget are (px)."""
MOST_BYTES = 2_000_000
SHARP = 2
"""Device pixels for each pixel of the page."""
PATIENCE_MS = 120_000
READ_MS, TYPED_MS, WAIT_MS = 3200, 70, 450
"""How long the moving picture rests on an answer, on each letter, and on the sign that an answer comes."""
AGENT, PASSWORD = "李敏", "paper-boat-42"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
# The launcher's teaser comes by the clock.
_QUIET = "try { sessionStorage.setItem('beian.teaser', '1'); } catch { /* no storage here */ }"


@dataclass
class Film:
    """Pictures of a page, each with how long it is shown (ms); equal ones in a row are one."""

    page: Page
    frames: list[Image.Image] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def take(self, length: int) -> None:
        """The page as it is now, for `length` ms."""
        shot = Image.open(io.BytesIO(self.page.screenshot(animations="disabled", caret="initial"))).convert(
            "RGB"
        )
        if self.frames and shot.tobytes() == self.frames[-1].tobytes():
            self.lengths[-1] += length
        else:
            self.frames.append(shot)
            self.lengths.append(length)

    def save(self, file: Path) -> int:
        """Write an animated WebP without an end; its size in bytes. Raises ValueError above MOST_BYTES."""
        first, *others = self.frames
        first.save(
            file, save_all=True, append_images=others, duration=self.lengths, loop=0, quality=80, method=4,
            minimize_size=True, allow_mixed=True,
        )  # fmt: skip
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise ValueError(f"{file.name} has {size} bytes, more than {MOST_BYTES}")
        return size


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def own_server(var: Path) -> Iterator[str]:
    """The address of a server with its data in `var`. Raises RuntimeError when it does not come up."""
    port = free_port()
    command = [sys.executable, "-m", "beian", "serve", "--port", str(port), "--var", str(var)]
    settings = {"BEIAN_DESK_HOURS": "always", "PYTHONPATH": str(ROOT)}
    with (var / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE_MS / 200
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((var / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:])
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=30) as answer:  # noqa: S310 - this machine's
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def chromium() -> str:
    """The browser's program. Raises RuntimeError when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("no Chromium: make programs")


class Chat:
    """The whole-page chat as a customer uses it."""

    def __init__(self, browser: Browser, url: str, width: int, height: int, scheme: str = "light") -> None:
        context = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            device_scale_factor=SHARP,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(_QUIET)
        self.page = context.new_page()
        self.page.goto(f"{url}/chat")
        self.input = self.page.get_by_role("combobox", name="输入问题")
        self.input.wait_for()
        self.answers = self.page.locator(".Row.bot:not([data-typing])")

    def ask(self, text: str) -> Locator:
        """Send a message; its answer, once it is there."""
        self.input.fill(text)
        return self.send()

    def send(self) -> Locator:
        """Send what was typed; the answer, once it is there."""
        before = self.answers.count()
        self.input.press("Enter")
        answer = self.answers.nth(before)
        answer.wait_for()
        return answer


def record(browser: Browser, url: str) -> int:
    """The moving picture; its size in bytes."""
    chat = Chat(browser, url, 430, 760)
    film = Film(chat.page)
    film.take(1200)
    for text in TALK:
        for end in range(1, len(text) + 1):
            chat.input.fill(text[:end])
            film.take(TYPED_MS)
        before = chat.answers.count()
        chat.input.press("Enter")
        film.take(WAIT_MS)
        chat.answers.nth(before).wait_for()
        # What unfolds has come to rest.
        chat.page.wait_for_timeout(600)
        film.take(READ_MS)
    return film.save(IMAGES / "dialogue.webp")


def conversations(browser: Browser, url: str, shown: Iterable[tuple[Iterable[str], str]], file: Path) -> None:
    """Conversations, each light or dark, beside each other, every card whole."""
    chats = []
    for texts, scheme in shown:
        chat = Chat(browser, url, 430, 900, scheme)
        for text in texts:
            chat.ask(text)
        chat.page.wait_for_timeout(600)
        chats.append(chat)
    height = max(_needed(chat.page) for chat in chats)
    shots = []
    for chat in chats:
        chat.page.set_viewport_size({"width": 430, "height": height})
        chat.page.wait_for_timeout(600)
        shots.append(_shot(chat.page))
    _beside(shots, file)


def embedded(browser: Browser, url: str) -> None:
    """The widget in the page of a console, and as the whole page of a dark phone."""
    host = Chat(browser, url, 390, HIGH, "dark")
    for text in PHONE:
        host.ask(text)
    page = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1180, "height": HIGH},
        device_scale_factor=SHARP,
        reduced_motion="reduce",
    ).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(_QUIET)
    page.goto(url)
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="打开备案变更助手").click()
    frame.get_by_role("combobox", name="输入问题").fill(SHOWN[0][0])
    frame.get_by_role("combobox", name="输入问题").press("Enter")
    frame.locator(".Checklist").wait_for()
    frame.get_by_role("checkbox").first.check()
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    shots = [_shot(page), _shot(host.page)]
    _beside(shots, IMAGES / "widget.png")


def _shot(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _beside(shots: list[Image.Image], file: Path) -> None:
    """Save pictures of one height beside each other."""
    gap = 24 * SHARP
    beside = Image.new(
        "RGB", (sum(shot.width for shot in shots) + gap * (len(shots) - 1), shots[0].height), "white"
    )
    at = 0
    for shot in shots:
        beside.paste(shot, (at, 0))
        at += shot.width + gap
    _small(beside, file)


def _needed(page: Page) -> int:
    """How high the window has to be to show the whole conversation (px)."""
    return int(
        page.evaluate(
            "() => { let box = document.querySelector('[role=log]');"
            " while (box && box.scrollHeight <= box.clientHeight) box = box.parentElement;"
            " return box ? innerHeight + box.scrollHeight - box.clientHeight : innerHeight; }"
        )
    )


def desk(browser: Browser, url: str, var: Path) -> None:
    """The desk with a conversation that waits for a person."""
    add = [sys.executable, "-m", "beian", "desk", "--var", str(var), "add-agent", AGENT, "--password-stdin"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        add, cwd=ROOT, env=environment, input=PASSWORD, text=True, check=False, capture_output=True
    )
    for texts in (("审核一般要多久", "谢谢"), ("备案被驳回了，说网站名称不合规",), (*TALK[:3], "转人工")):
        chat = Chat(browser, url, 430, 760)
        for text in texts:
            chat.ask(text)
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1360, "height": 860},
        device_scale_factor=SHARP,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{url}/desk")
    page.get_by_label("账号").fill(AGENT)
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="视图").wait_for()
    page.locator(".Rows button[data-id]").first.click()
    page.locator(".Talk-head .Mode").wait_for()
    page.wait_for_timeout(1500)
    _small(_shot(page), IMAGES / "desk.png")


def _small(shot: Image.Image, file: Path) -> None:
    """Save with as few colours as flat pages need; nothing of the text is lost."""
    few = shot.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main() -> int:
    """Take all pictures, or one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--server", help="address of a server that runs already")
    parser.add_argument("--var", type=Path, help="its data folder")
    parser.add_argument("--only", choices=("dialogue", "answers", "supplement", "widget", "desk"))
    options = parser.parse_args()
    with contextlib.ExitStack() as ending:
        folder = options.var or Path(
            ending.enter_context(tempfile.TemporaryDirectory(prefix="beian-pictures-"))
        )
        url = options.server or ending.enter_context(own_server(folder))
        playwright = ending.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_ARGUMENTS))
        if options.only in (None, "dialogue"):
            sys.stderr.write(f"dialogue.webp: {record(browser, url)} bytes\n")
        if options.only in (None, "answers"):
            shown = zip(SHOWN, ("light", "dark"), strict=True)
            conversations(browser, url, shown, IMAGES / "answers.png")
        if options.only in (None, "supplement"):
            shown = zip((*ADDED, ADDED[0]), ("light", "light", "dark"), strict=True)
            conversations(browser, url, shown, IMAGES / "supplement.png")
        if options.only in (None, "widget"):
            embedded(browser, url)
        if options.only in (None, "desk"):
            desk(browser, url, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
