"""How quick the agents' desk is in a real browser: `python -m bench.desk URL NAME` (password on standard
input) against a server with an account and free rates (BEIAN_RATE_SESSION=100000,100000 and so on).

Prints look-up while typing, delivery both ways, and how smooth the list stays with 200 live conversations.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import uuid

import httpx
from playwright.sync_api import Page, sync_playwright

TYPED = (
    "公司改名要准备什么材料",
    "审核一般要多久",
    "换服务器期间解析要切换吗",
    "被驳回了怎么重新提交",
    "网站负责人变更",
)
LIVE = 200
LATER = """(text) => new Promise((done) => {
  const look = () => {
    const last = [...document.querySelectorAll('.Turn.user .Turn-text, .Row.agent')].pop();
    if (last && last.textContent.includes(text)) done(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("name")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    password = sys.stdin.readline().strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1360, "height": 850}).new_page()
        page.goto(f"{options.url}/desk")
        page.get_by_label("账号").fill(options.name)
        page.get_by_label("口令").fill(password)
        page.keyboard.press("Enter")
        page.get_by_role("navigation", name="视图").wait_for()
        show("look-up, key to results, ms", look_ups(page))
        live = customers(options.url, LIVE)
        show("customer to desk, ms", to_desk(page, *live[0]))
        show("desk to customer, ms", to_customer(page, *live[0]))
        show("frames while 200 conversations talk, ms", frames(page, live))
        browser.close()


def show(what: str, times: list[float]) -> None:
    """Print the median, the 95th percentile and the worst."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    worst, count = ordered[-1], len(ordered)
    print(f"{what}: median {statistics.median(ordered):.0f}, p95 {p95:.0f}, worst {worst:.0f} ({count})")


def look_ups(page: Page) -> list[float]:
    """Type letter by letter; the time from each key until its results are drawn."""
    page.keyboard.press("/")
    times = []
    for text in TYPED:
        page.locator("#query").fill("")
        for end in range(1, len(text) + 1):
            times.append(
                page.evaluate(
                    """([text]) => new Promise((done) => {
                      const field = document.querySelector('#query');
                      const begun = performance.now();
                      field.value = text;
                      field.dispatchEvent(new InputEvent('input', {bubbles: true}));
                      const look = () => {
                        const hits = document.querySelector('.Hits');
                        if (hits && hits.dataset.query === text) done(performance.now() - begun);
                        else requestAnimationFrame(look);
                      };
                      requestAnimationFrame(look);
                    })""",
                    [text[:end]],
                )
            )
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    return times


def customers(url: str, count: int) -> list[tuple[httpx.Client, str]]:
    """Customers who have asked one thing each."""
    made = []
    for _ in range(count):
        client = httpx.Client(base_url=url, timeout=30)
        token = client.post("/api/sessions", json={}).json()["session"]
        client.headers["X-Session"] = token
        send(client, "审核要多久")
        made.append((client, token.partition(".")[0]))
    return made


def send(client: httpx.Client, text: str) -> None:
    """Send one message of a customer's."""
    client.post("/api/messages", json={"client_id": uuid.uuid4().hex, "text": text}).raise_for_status()


def to_desk(page: Page, client: httpx.Client, conversation: str) -> list[float]:
    """From a customer's request until the open desk has drawn the message."""
    page.locator(f'.Rows button[data-id="{conversation}"]').click()
    page.locator(".Turn").first.wait_for()
    page.keyboard.press("t")
    page.locator('.Mode[data-mode="human"]').wait_for()
    times = []
    for _ in range(20):
        text = uuid.uuid4().hex
        begun = time.perf_counter()
        send(client, text)
        page.evaluate(LATER, text)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def to_customer(page: Page, client: httpx.Client, conversation: str) -> list[float]:
    """From the agent's Enter until the customer's stream has the message."""
    times = []
    last = client.get("/api/history").json()["last_id"]
    with client.stream("GET", f"/api/events?after={last}") as stream:
        lines = stream.iter_lines()
        next(lines)
        for _ in range(20):
            text = uuid.uuid4().hex
            page.locator("#reply").fill(text)
            begun = time.perf_counter()
            page.locator("#reply").press("Enter", no_wait_after=True)
            for line in lines:
                if text in line:
                    break
            times.append((time.perf_counter() - begun) * 1000)
            page.locator("#reply:not([disabled])").wait_for()
            page.wait_for_function("() => document.querySelector('#reply').value === ''")
    return times


def frames(page: Page, live: list[tuple[httpx.Client, str]]) -> list[float]:
    """The time between frames while all customers send something."""
    page.evaluate("""() => {
      window.frames_ = [];
      let last = performance.now();
      const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
      requestAnimationFrame(tick);
    }""")
    for client, _ in live[1:]:
        send(client, "被驳回了怎么办")
    return [float(value) for value in page.evaluate("window.frames_")]


if __name__ == "__main__":
    main()
