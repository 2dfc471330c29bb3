"""How soon the widget's frame is painted and can be used, in Chromium, from a warm server.

Start the server, then `python -m bench.widget [--url http://127.0.0.1:5005] [--runs 10]`: each run has a
fresh browser profile. Exits with 1 when a median is over its limit.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

LIMITS_MS = {"painted": 300.0, "ready": 600.0}
_TIMES = """() => new Promise((done) => {
  const look = () => {
    const ready = performance.getEntriesByName('beian-ready')[0];
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    if (ready && painted) done({painted: painted.startTime, ready: ready.startTime});
    else setTimeout(look, 20);
  };
  look();
})"""


def measure(url: str, runs: int) -> Iterator[dict[str, float]]:
    """Each run's milliseconds from navigation to the first content and to being ready for a question."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        # The first start of a browser warms the machine's caches, not the server's.
        for run in range(runs + 1):
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{url}/frame")
            times = page.evaluate(_TIMES)
            context.close()
            if run:
                yield times
        browser.close()


def main() -> int:
    """Print the medians; 1 when one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:5005")
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    found = list(measure(options.url, options.runs))
    slow = False
    for name, limit in LIMITS_MS.items():
        values = sorted(times[name] for times in found)
        median = statistics.median(values)
        slow = slow or median > limit
        print(f"{name}\tmedian {median:.0f} ms\tmost {values[-1]:.0f} ms\tlimit {limit:.0f} ms")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
