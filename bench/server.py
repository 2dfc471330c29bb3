"""This server beside stock Rasa, on the same data, the same questions and the same machine.

`python -m bench.server` trains and measures both and writes bench/results.json, bench/results.md and
bench/results.png. `--small` is a quick look with little data. `python -m bench.server soak` runs this
server at a share of its measured capacity, through both of its channels, and fails when a request fails
or the slowest hundredth takes more than five times the median.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench"
FREE = "1000000,1000000"
# What Rasa takes when a project names no pipeline and no policies, with the one tokenizer of it that
# takes Chinese.
STOCK_CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "zh",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        # After few epochs nothing is sure; each message shall reach an action all the same.
        {"name": "FallbackClassifier", "threshold": 0.0, "ambiguity_threshold": 0.0},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
    ],
}
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass
class Sizes:
    """How much of everything is measured. `share` is the part of the training messages that is used."""

    share: float = 1.0
    single: int = 300
    seconds: float = 15.0
    turns: tuple[int, ...] = (1, 10, 100, 300)
    repeats: int = 2
    many_turns: int = 10_000
    conversations: int = 500
    starts: int = 2
    # Stock Rasa is slow to train and to answer: fewer epochs change none of its speeds, and fewer turns
    # than `many_turns` only flatter its memory.
    stock_epochs: int = 1
    stock_turns: int = 1_500


SMALL = Sizes(
    share=0.02,
    single=20,
    seconds=2.0,
    turns=(1, 5),
    repeats=1,
    many_turns=60,
    conversations=20,
    starts=1,
    stock_epochs=1,
    stock_turns=60,
)


@dataclass
class Result:
    """What was measured of one server: times in ms or s as named, memory in MB."""

    name: str
    training_s: float = 0.0
    start_s: float = 0.0
    memory_idle_mb: float = 0.0
    memory_before_mb: float = 0.0
    memory_after_mb: float = 0.0
    median_ms: float = 0.0
    p95_ms: float = 0.0
    clients: dict[str, dict[str, float]] = field(default_factory=dict)
    turns_ms: dict[str, float] = field(default_factory=dict)
    four_at_once_ms: list[float] = field(default_factory=list)
    widget_median_ms: float = 0.0
    widget_p95_ms: float = 0.0
    errors: int = 0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def training_messages(share: float, seed: int = 5) -> list[dict[str, Any]]:
    """The entries of data/nlu.yml with `share` of each intent's examples, two at least."""
    content = YAML(typ="safe").load((ROOT / "data" / "nlu.yml").read_text(encoding="utf-8"))
    chance, entries = random.Random(seed), []
    for entry in content["nlu"]:
        if "intent" not in entry:
            entries.append(entry)
            continue
        examples = [line for line in entry["examples"].splitlines() if line.strip()]
        kept = chance.sample(examples, max(2, int(len(examples) * share))) if share < 1 else examples
        entries.append({"intent": entry["intent"], "examples": "\n".join(kept) + "\n"})
    return entries


def questions(count: int = 400, seed: int = 9) -> list[str]:
    """Plain texts to ask, the same for both servers."""
    texts = []
    for entry in training_messages(1.0):
        if "intent" in entry:
            texts += [
                _ANNOTATION.sub(r"\1", line.strip()[1:].strip()) for line in entry["examples"].splitlines()
            ]
    return random.Random(seed).sample(texts, min(count, len(texts)))


def write_project(folder: Path, config: dict[str, Any] | None, share: float) -> None:
    """A Rasa project with this project's domain, rules, stories and messages; `config` None keeps ours."""
    yaml = YAML()
    yaml.width = 10_000
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")
    with (folder / "data" / "nlu.yml").open("w", encoding="utf-8") as file:
        yaml.dump({"version": "3.1", "nlu": training_messages(share)}, file)
    if config is None:
        shutil.copy(ROOT / "config.yml", folder / "config.yml")
    else:
        with (folder / "config.yml").open("w", encoding="utf-8") as file:
            yaml.dump(config, file)


def with_epochs(config: dict[str, Any] | None, epochs: int) -> dict[str, Any] | None:
    """The configuration with another number of epochs wherever it names one."""
    if config is None:
        return None
    parts = ("pipeline", "policies")
    changed = {
        key: [{**one, **({"epochs": epochs} if "epochs" in one else {})} for one in config[key]]
        for key in parts
    }
    return {**config, **changed}


def environment() -> dict[str, str]:
    """For the measured processes."""
    rates = {f"BEIAN_RATE_{name}": FREE for name in ("SESSION", "ADDRESS", "NEW_SESSIONS", "API_KEY")}
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    return {**os.environ, **quiet, **rates, "PYTHONPATH": str(ROOT)}


def train(folder: Path) -> tuple[Path, float]:
    """(model, seconds) of training in the project `folder`, without Rasa's cache of components."""
    command = [sys.executable, "-m", "beian.engine.training_process", "models", "model", "--force"]
    begun = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"training failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return folder / "models" / "model.tar.gz", time.monotonic() - begun


class Server:
    """The processes of one measured server."""

    def __init__(self, commands: list[list[str]], url: str, folder: Path, has_widget: bool = False) -> None:
        self.url, self.has_widget = url, has_widget
        self.log = folder / "server.log"
        with self.log.open("ab") as log:
            self.processes = [
                subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=log, stderr=log)
                for command in commands
            ]

    def memory_mb(self) -> float:
        """Resident memory of all processes and their children."""
        total = 0
        for process in self.processes:
            parent = psutil.Process(process.pid)
            total += sum(one.memory_info().rss for one in (parent, *parent.children(recursive=True)))
        return total / 2**20

    def stop(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def ours(model: Path, folder: Path) -> Server:
    """`python -m beian serve`."""
    port = free_port()
    command = [sys.executable, "-m", "beian", "serve", "--port", str(port), "--model", str(model)]
    command += ["--var", str(folder / "var")]
    return Server([command], f"http://127.0.0.1:{port}/webhooks/rest/webhook", folder, has_widget=True)


def stock(model: Path, folder: Path) -> Server:
    """`rasa run` with `rasa run actions`, as the documentation of Rasa sets them up."""
    port, actions = free_port(), free_port()
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n")
    (folder / "credentials.yml").write_text("rest:\n")
    rasa = [sys.executable, "-m", "rasa", "run"]
    run = [*rasa, "--model", str(model), "--interface", "127.0.0.1", "--port", str(port)]
    run += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
    commands = [[*rasa, "actions", "--actions", "actions", "--port", str(actions)], run]
    return Server(commands, f"http://127.0.0.1:{port}/webhooks/rest/webhook", folder)


class Client:
    """Asks a webhook and keeps count of what went wrong."""

    def __init__(self, url: str) -> None:
        self.url, self.errors = url, 0
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Client:
        timeout = aiohttp.ClientTimeout(total=120)
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    async def ask(self, sender: str, text: str) -> float:
        """The time to the answer in ms."""
        if self._session is None:
            raise RuntimeError("use it as a context manager")
        begun = time.perf_counter()
        try:
            async with self._session.post(self.url, json={"sender": sender, "message": text}) as response:
                body = await response.json(content_type=None)
                if response.status != 200 or not body:
                    self.errors += 1
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
            self.errors += 1
        return (time.perf_counter() - begun) * 1000


class Customer:
    """One customer's browser: a session, its stream of events, and one message after another."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base = session, base
        self._headers: dict[str, str] = {}
        self._stream: aiohttp.ClientResponse | None = None

    async def open(self) -> Customer:
        """Begin a session and listen."""
        async with self._session.post(f"{self._base}/api/sessions", json={}) as response:
            self._headers = {"X-Session": (await response.json())["session"]}
        self._stream = await self._session.get(f"{self._base}/api/events", headers=self._headers)
        return self

    async def ask(self, text: str) -> float:
        """The time from the message to its answer in ms; raises what went wrong."""
        if self._stream is None:
            raise RuntimeError("open it first")
        begun = time.perf_counter()
        body = {"client_id": str(uuid.uuid4()), "text": text}
        async with self._session.post(
            f"{self._base}/api/messages", json=body, headers=self._headers
        ) as response:
            if response.status != 202:
                raise ValueError(f"status {response.status}")
        async for line in self._stream.content:
            if line.startswith(b"data:") and json.loads(line[5:]).get("author") == "bot":
                return (time.perf_counter() - begun) * 1000
        raise ValueError("the stream ended")

    def close(self) -> None:
        """Stop listening."""
        if self._stream is not None:
            self._stream.close()


async def widget(url: str, texts: list[str], count: int) -> dict[str, float]:
    """Times from a message to its answer as one customer after another sees them in the widget."""
    times: list[float] = []
    async with aiohttp.ClientSession() as session:
        for start in range(0, count, 10):
            customer = await Customer(session, _base(url)).open()
            times += [await customer.ask(texts[n % len(texts)]) for n in range(start, start + 10)]
            customer.close()
    return spread(times)


def _base(url: str) -> str:
    return url.removesuffix("/webhooks/rest/webhook")


async def until_it_answers(server: Server, text: str, begun: float, seconds: float = 600) -> float:
    """Seconds from `begun` to the first good answer."""
    while time.monotonic() - begun < seconds:
        if any(process.poll() is not None for process in server.processes):
            raise RuntimeError("the server ended:\n" + server.log.read_text()[-3000:])
        async with Client(server.url) as client:
            await client.ask(secrets.token_hex(4), text)
            if not client.errors:
                return time.monotonic() - begun
        await asyncio.sleep(0.1)
    raise RuntimeError("no answer:\n" + server.log.read_text()[-3000:])


async def throughput(client: Client, texts: list[str], clients: int, seconds: float) -> dict[str, float]:
    """Answers a second and their times when `clients` ask without a pause."""
    times: list[float] = []
    until = time.monotonic() + seconds

    async def one(place: int) -> None:
        turn = 0
        while time.monotonic() < until:
            # A new conversation after ten turns, as customers are.
            sender = f"load-{clients}-{place}-{turn // 10}"
            times.append(await client.ask(sender, texts[(place * 37 + turn) % len(texts)]))
            turn += 1

    begun = time.monotonic()
    await asyncio.gather(*(one(place) for place in range(clients)))
    return {"per_second": len(times) / (time.monotonic() - begun), **spread(times)}


def spread(times: list[float]) -> dict[str, float]:
    """Median, p95 and p99 in ms."""
    ordered = sorted(times)
    at = lambda part: ordered[min(len(ordered) - 1, int(len(ordered) * part))]  # noqa: E731
    return {"median_ms": statistics.median(ordered), "p95_ms": at(0.95), "p99_ms": at(0.99)}


async def cost_by_turn(client: Client, texts: list[str], sizes: Sizes) -> dict[str, float]:
    """Median time of a turn at given places of a conversation, five turns around each."""
    times: dict[int, list[float]] = {turn: [] for turn in sizes.turns}
    for repeat in range(sizes.repeats):
        sender = f"long-{repeat}"
        for turn in range(1, max(sizes.turns) + 3):
            taken = await client.ask(sender, texts[0])
            for place in sizes.turns:
                if turn == place or (place > 1 and abs(turn - place) <= 2):
                    times[place].append(taken)
    return {str(turn): statistics.median(values) for turn, values in times.items()}


async def measure(server: Server, result: Result, texts: list[str], sizes: Sizes, turns: int) -> None:
    """All but training and start; `turns` is how many the growth of memory is measured over."""
    async with Client(server.url) as client:
        for turn in range(10):
            await client.ask("warm", texts[turn % len(texts)])
        result.memory_idle_mb = server.memory_mb()
        single = [await client.ask(f"one-{n // 10}", texts[n % len(texts)]) for n in range(sizes.single)]
        alone = spread(single)
        result.median_ms, result.p95_ms = alone["median_ms"], alone["p95_ms"]
        if server.has_widget:
            seen = await widget(server.url, texts, sizes.single)
            result.widget_median_ms, result.widget_p95_ms = seen["median_ms"], seen["p95_ms"]
        for clients in (8, 32):
            result.clients[str(clients)] = await throughput(client, texts, clients, sizes.seconds)
        result.turns_ms = await cost_by_turn(client, texts, sizes)
        at_once = [await asyncio.gather(*(client.ask("four", texts[0]) for _ in range(4))) for _ in range(3)]
        result.four_at_once_ms = sorted(
            statistics.median(times) for times in zip(*map(sorted, at_once), strict=True)
        )
        result.memory_before_mb = server.memory_mb()
        gate = asyncio.Semaphore(8)

        async def one_of_many(number: int) -> None:
            async with gate:
                await client.ask(f"many-{number % sizes.conversations}", texts[number % len(texts)])

        await asyncio.gather(*(one_of_many(number) for number in range(turns)))
        result.memory_after_mb = server.memory_mb()
        result.errors = client.errors


@contextmanager
def running(make: Any, model: Path, folder: Path) -> Iterator[Server]:
    """A started server, stopped at the end."""
    server = make(model, folder)
    try:
        yield server
    finally:
        server.stop()


def measure_one(
    name: str, make: Any, config: dict[str, Any] | None, sizes: Sizes, texts: list[str], turns: int
) -> Result:
    """Train, start and measure one server."""
    result = Result(name)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_project(folder, with_epochs(config, sizes.stock_epochs), sizes.share)
        print(f"{name}: training", flush=True)
        model, result.training_s = train(folder)
        starts = []
        for last in range(sizes.starts):
            begun = time.monotonic()
            with running(make, model, folder) as server:
                starts.append(asyncio.run(until_it_answers(server, texts[0], begun)))
                print(f"{name}: answers after {starts[-1]:.1f} s", flush=True)
                if last == sizes.starts - 1:
                    asyncio.run(measure(server, result, texts, sizes, turns))
        result.start_s = statistics.median(starts)
    return result


ROWS: list[tuple[str, str, Any, float]] = [
    ("一个客户，中位数（ms）", "{:.1f}", lambda r: r.median_ms, 1 / 6),
    ("一个客户，p95（ms）", "{:.1f}", lambda r: r.p95_ms, 0),
    ("8 个客户，每秒回答", "{:.1f}", lambda r: r.clients["8"]["per_second"], -6),
    ("32 个客户，每秒回答", "{:.1f}", lambda r: r.clients["32"]["per_second"], -6),
    ("32 个客户，p95（ms）", "{:.0f}", lambda r: r.clients["32"]["p95_ms"], 0),
    ("同一人同时 4 条，最后一条（ms）", "{:.0f}", lambda r: r.four_at_once_ms[-1], 0),
    ("启动到第一个回答（s）", "{:.1f}", lambda r: r.start_s, 1 / 3),
    ("空闲内存（MB）", "{:.0f}", lambda r: r.memory_idle_mb, 1 / 2),
    ("测完后内存（MB）", "{:.0f}", lambda r: r.memory_after_mb, 1 / 2),
    ("训练（s）", "{:.0f}", lambda r: r.training_s, 0),
]


def table(results: list[Result], sizes: Sizes) -> str:
    """The comparison in Markdown; `目标` is the ratio to stock that was aimed at."""
    mine, other = results
    lines = [
        "# 与标准 Rasa 的对比",
        "",
        f"同一台机器（{os.cpu_count()} 核）、同一份数据（{sizes.share:.0%} 的训练语句）、同一组问题，"
        "一次运行中先后测得。"
        f"标准 Rasa：默认流水线与策略（训练 {sizes.stock_epochs} 轮，默认 100 轮；轮数不影响速度）、"
        f"HTTP 动作服务、内存存储，测内存时答 {sizes.stock_turns} 轮对话，本服务答 {sizes.many_turns} 轮。",
        "",
        "| | 本服务 | 标准 Rasa | 比值 | 目标 |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for title, form, value, goal in ROWS:
        a, b = value(mine), value(other)
        aim = "" if not goal else f"≥ {-goal:.0f}" if goal < 0 else f"≤ {goal:.2f}"
        lines.append(f"| {title} | {form.format(a)} | {form.format(b)} | {a / b:.2f} | {aim} |")
    for turn in mine.turns_ms:
        a, b = mine.turns_ms[turn], other.turns_ms[turn]
        lines.append(f"| 第 {turn} 轮（ms） | {a:.1f} | {b:.1f} | {a / b:.2f} | |")
    turns = list(mine.turns_ms.values())
    lines += [
        "",
        f"本服务最后一轮与第一轮之比 {turns[-1] / turns[0]:.2f}（目标 ≤ 1.30）；"
        f"{sizes.many_turns} 轮、{sizes.conversations} 段对话期间内存增长 "
        f"{mine.memory_after_mb - mine.memory_before_mb:.0f} MB（目标 ≤ 30），"
        f"自空闲起 {mine.memory_after_mb - mine.memory_idle_mb:.0f} MB；"
        f"出错 {mine.errors} 次，标准 Rasa {other.errors} 次。"
        f"客户在网页组件里，从发出到看到回答：中位数 {mine.widget_median_ms:.1f} ms，"
        f"p95 {mine.widget_p95_ms:.1f} ms。",
        "",
    ]
    return "\n".join(lines)


def picture(results: list[Result], path: Path) -> None:
    """Bars and lines of the comparison."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, 3, figsize=(13, 7))
    names, colours = [result.name for result in results], ["#1f6feb", "#8b949e"]
    bars = [
        ("median, one client (ms)", [r.median_ms for r in results]),
        ("answers per second, 8 clients", [r.clients["8"]["per_second"] for r in results]),
        ("answers per second, 32 clients", [r.clients["32"]["per_second"] for r in results]),
        ("start to first answer (s)", [r.start_s for r in results]),
        ("memory after the run (MB)", [r.memory_after_mb for r in results]),
    ]
    for axis, (title, values) in zip(axes.flat, bars, strict=False):
        drawn = axis.bar(names, values, color=colours)
        axis.bar_label(drawn, fmt="%.1f")
        axis.margins(y=0.12)
        axis.set_title(title)
    axis = axes.flat[5]
    for result, colour in zip(results, colours, strict=True):
        axis.plot(
            [int(t) for t in result.turns_ms],
            list(result.turns_ms.values()),
            "o-",
            color=colour,
            label=result.name,
        )
    axis.set_title("cost of a turn by its place (ms)")
    axis.set_xscale("log")
    axis.set_ylim(bottom=0)
    axis.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)


MOST_P99_TO_MEDIAN = 5
_WIDGET_SHARE = 4
_AT_A_TIME = 200
"""Conversations under way at the same time: one customer's messages are seconds apart, as people's are."""


async def soak(server: Server, texts: list[str], minutes: float, share: float) -> dict[str, float]:
    """Requests at `share` of the measured capacity, at random moments, whatever the answers take.

    One conversation in _WIDGET_SHARE goes through the widget's channel, the others through the webhook.
    """
    async with Client(server.url) as client, aiohttp.ClientSession() as browsers:
        for turn in range(10):
            await client.ask("warm", texts[turn % len(texts)])
        capacity = (await throughput(client, texts, 8, min(10.0, minutes * 10)))["per_second"]
        rate, chance = capacity * share, random.Random(3)
        times: list[float] = []
        seen: list[float] = []
        failed: list[str] = []
        jobs: set[asyncio.Task[None]] = set()
        memory, until = server.memory_mb(), time.monotonic() + minutes * 60

        async def turn_by_webhook(number: int) -> None:
            sender = f"soak-{number % _AT_A_TIME}-{number // (8 * _AT_A_TIME)}"
            times.append(await client.ask(sender, texts[number % len(texts)]))

        async def talk_by_widget(number: int) -> None:
            customer = Customer(browsers, _base(server.url))
            try:
                await customer.open()
                for place in range(8):
                    seen.append(await customer.ask(texts[(number + place) % len(texts)]))
                    await asyncio.sleep(chance.expovariate(1.0))
                    if time.monotonic() > until:
                        break
            except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, KeyError) as error:
                failed.append(repr(error))
            finally:
                customer.close()

        number = 0
        while time.monotonic() < until:
            by_widget = number // 8 % _WIDGET_SHARE == 0
            if not by_widget or number % 8 == 0:
                job = talk_by_widget(number) if by_widget else turn_by_webhook(number)
                task = asyncio.create_task(job)
                jobs.add(task)
                task.add_done_callback(jobs.discard)
            number += 1
            await asyncio.sleep(chance.expovariate(rate))
        await asyncio.gather(*jobs)
        found, shown = spread(times), spread(seen)
        return {
            "capacity_per_second": capacity,
            "rate_per_second": rate,
            "minutes": minutes,
            "requests": len(times) + len(seen),
            "errors": client.errors + len(failed),
            **found,
            "p99_to_median": found["p99_ms"] / found["median_ms"],
            **{f"widget_{name}": value for name, value in shown.items()},
            "widget_p99_to_median": shown["p99_ms"] / shown["median_ms"],
            "memory_growth_mb": server.memory_mb() - memory,
        }


def failures(found: dict[str, float]) -> list[str]:
    """What a soak's figures fall short of; empty when all is well."""
    ratios = [name for name in ("p99_to_median", "widget_p99_to_median") if found[name] > MOST_P99_TO_MEDIAN]
    return [f"{name} is {found[name]:.2f}" for name in ([*ratios, "errors"] if found["errors"] else ratios)]


def run_soak(options: argparse.Namespace) -> None:
    """Soak the newest model and print what was found; exits with an error when it falls short."""
    from beian.engine.model_file import newest_model

    with tempfile.TemporaryDirectory() as temporary, running(ours, newest_model(), Path(temporary)) as server:
        texts = questions()
        asyncio.run(until_it_answers(server, texts[0], time.monotonic()))
        found = asyncio.run(soak(server, texts, options.minutes, options.share))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "soak.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))
    if failures(found):
        raise SystemExit("; ".join(failures(found)))


def run_comparison(options: argparse.Namespace) -> None:
    """Measure both and write the results."""
    sizes = SMALL if options.small else Sizes()
    texts = questions()
    results = [
        measure_one("beian", ours, None, sizes, texts, sizes.many_turns),
        measure_one("stock Rasa", stock, STOCK_CONFIG, sizes, texts, sizes.stock_turns),
    ]
    into = options.out
    into.mkdir(parents=True, exist_ok=True)
    content = {
        "sizes": asdict(sizes),
        "cpus": os.cpu_count(),
        "results": [asdict(result) for result in results],
    }
    (into / "results.json").write_text(
        json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (into / "results.md").write_text(table(results, sizes), encoding="utf-8")
    picture(results, into / "results.png")
    print(table(results, sizes))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["compare", "soak"], default="compare")
    parser.add_argument("--small", action="store_true", help="little of everything, to see that it works")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results (bench/)")
    parser.add_argument("--minutes", type=float, default=30.0, help="length of the soak")
    parser.add_argument("--share", type=float, default=0.7, help="share of the capacity that the soak uses")
    options = parser.parse_args()
    run_soak(options) if options.what == "soak" else run_comparison(options)


if __name__ == "__main__":
    main()
