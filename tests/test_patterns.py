"""No text makes a regular expression of the package slow.

Every pattern is found by import, so that a new one is measured without being listed here, and is given texts
made of its own words and of shapes that are bad for engines that go back. What is measured is the thread's
CPU time, the least of several runs, and against itself: for four times the text it may be ten times as long,
where a quadratic one is sixteen times.
"""

import ast
import gc
import importlib
import itertools
import pkgutil
import random
import re
import sre_constants
import sre_parse
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import actions
import beian
from beian.text import linear, patterns

ROOT = Path(__file__).parents[1]

# The longest message, and one over which growth is measured: two doublings say more than one.
LONG, FAR, DOUBLINGS = 2000, 8000, 2
MOST_GROWTH = 3.2  # for each doubling; 2 is linear, 4 is quadratic
MOST_SECONDS = 0.020
# What the search for REFERENCE takes on an idle machine of today.
REFERENCE_SECONDS = 0.008
# Below, clocks and caches say more than the pattern.
FLOOR = 0.002
ROUNDS = 20
# Of how many shapes of a pattern the growth is measured: those that take longest.
WORST = 4
# An exponential pattern shows before the text is long enough to wait for ever.
LADDER = (12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 70, 100, 300)
MOST_WORDS = 18
SAMPLES = 8
HOSTILE = (
    *(
        "1",
        "12",
        "0123456789",
        "18岁",
        "10/8",
        "2026-09-15",
        "2026年9月15日",
        "1月1日",
        "三天前",
        "一",
        "八",
        "十二",
    ),
    *("a", "ab", "ab ", "a1", "a.", "a-", "ab@", "./", "é", "①", "😀", "\u200b", " ", "\t ", "\n"),
    *(
        "：",
        "、",
        "。",
        "，",
        "！",
        "？",
        "“",
        "“”",
        '"',
        "(",
        "（）",
        "（（",
        "[",
        "]]",
        "《",
        "<",
        "<>",
        "{}",
        "〔",
    ),
    *("啊", "的", "了吗", "是", "不是", "和", "甲和乙", "网站", "名字", "叫", "用甲做"),
)
TAILS = ("！", "x", "", "1")


# --- every pattern of the package ---------------------------------------------------------------


def sources() -> Iterator[tuple[str, Path]]:
    for package in (beian, actions):
        yield package.__name__, Path(package.__file__)
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            path = ROOT / (module.name.replace(".", "/") + ".py")
            yield module.name, path if path.exists() else path.with_suffix("") / "__init__.py"


ENGINES = (patterns.__name__, linear.__name__)
SOURCES = [(name, path) for name, path in sources() if name not in ENGINES]


def found_in(value: object, name: str, depth: int = 4) -> Iterator[tuple[str, patterns.Pattern]]:
    """The patterns in a value: itself, or in containers and classes."""
    if isinstance(value, (re.Pattern, type(patterns.compile("")))):
        yield name, value
    elif depth and isinstance(value, dict):
        for key, entry in value.items():
            yield from found_in(entry, f"{name}[{key}]", depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for place, entry in enumerate(value):
            yield from found_in(entry, f"{name}[{place}]", depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith(("beian.", "actions")):
        for key, entry in vars(value).items():
            yield from found_in(entry, f"{name}.{key}", depth - 1)


def all_patterns() -> dict[str, patterns.Pattern]:
    found = {}
    for module, _ in SOURCES:
        for name, value in vars(importlib.import_module(module)).items():
            if not name.startswith("__"):
                found.update(found_in(value, f"{module}.{name}"))
    return found


PATTERNS = all_patterns()
# One that another module imports is measured once.
MEASURED = {name: pattern for pattern, name in {pattern: name for name, pattern in PATTERNS.items()}.items()}


def calls(node: ast.AST) -> list[ast.Call]:
    return [
        call
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("patterns.compile", "patterns.backtracking", "patterns.bounded")
    ]


def statements(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """The statements of a module and of its classes, with the names that they bind."""
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield from statements(statement.body, f"{prefix}{statement.name}.")
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            yield prefix + ast.unparse(target), statement
        else:
            yield "", statement


@pytest.mark.parametrize(("module", "path"), SOURCES, ids=[name for name, _ in SOURCES])
def test_patterns_are_made_in_one_way_where_they_are_found(module, path):
    """By beian.text.patterns alone, and where a module or a class is defined: not hidden in a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        if isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
            assert node.module not in ENGINES, f"{path}:{node.lineno}: import the module"
        others = {"re", "re2", "regex", "sre_parse", "sre_compile"} & set(names)
        assert not others, f"{path}:{node.lineno}: patterns are made by beian.text.patterns"
    counted = 0
    for name, statement in statements(tree.body):
        made = calls(statement)
        known = [found for found in PATTERNS if re.match(rf"{re.escape(module + '.' + name)}(\[|$)", found)]
        assert len(known) >= len(made), f"{path}:{statement.lineno}: {len(made)} made, found {known}"
        counted += len(made)
    assert counted == len(calls(tree))


def test_the_search_finds_them_all():
    assert len(MEASURED) > 150
    engines = [isinstance(pattern, re.Pattern) for pattern in MEASURED.values()]
    assert engines.count(False) > engines.count(True) > 0


# --- texts that are bad for a pattern -----------------------------------------------------------


def parts(parsed, draw: random.Random, depth: int = 0) -> str:
    """A text that a parsed pattern, or a part of one, would match, more or less."""
    text = ""
    for kind, value in parsed:
        text += one_part(kind, value, draw, depth)
    return text


def one_part(kind, value, draw: random.Random, depth: int) -> str:
    if kind is sre_constants.LITERAL:
        return chr(value)
    if kind is sre_constants.NOT_LITERAL or kind is sre_constants.ANY:
        return draw.choice("甲a1")
    if kind is sre_constants.IN:
        return member(value, draw)
    if kind is sre_constants.BRANCH:
        return parts(draw.choice(value[1]), draw, depth + 1)
    if kind is sre_constants.SUBPATTERN:
        return parts(value[3], draw, depth + 1)
    if kind in (sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT):
        least, most, what = value
        times = draw.randint(int(least), min(int(most), int(least) + 2))
        return "".join(parts(what, draw, depth + 1) for _ in range(times))
    return ""


CATEGORIES = {"CATEGORY_DIGIT": "127", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "甲a1"}


def member(signs, draw: random.Random) -> str:
    if signs[0][0] is sre_constants.NEGATE:
        return draw.choice("甲a1")
    kind, value = draw.choice(signs)
    if kind is sre_constants.RANGE:
        return chr(draw.randint(value[0], min(value[1], value[0] + 9)))
    if kind is sre_constants.CATEGORY:
        return draw.choice(CATEGORIES.get(str(value), "，"))
    return chr(value)


def words_of(expression: str, draw: random.Random) -> list[str]:
    """The words in a pattern's own text, and texts that it matches."""
    plain = re.sub(r"\(\?P?<?[A-Za-z_=!:]*>?|\\[a-zA-Z]", "|", expression)
    written = re.findall(r"[\u4e00-\u9fff]+|[A-Za-z]{2,}|[：:、。，,!！?？.@-]", plain)
    words = list(dict.fromkeys([*written, *"".join(written)]))
    draw.shuffle(words)
    parsed = sre_parse.parse(expression)
    samples = [parts(parsed, draw)[:200] for _ in range(SAMPLES)]
    return list(dict.fromkeys(word for word in [*words[:MOST_WORDS], *samples] if word))


def pumped(words: list[str], draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """Heads, what is repeated, and tails that spoil a match at its end."""
    tails = itertools.cycle(TAILS)
    for word in (*words, *HOSTILE):
        yield "", word, next(tails)
    for first, second in itertools.pairwise(words):
        yield "", first + second, next(tails)
    for _ in range(2 * SAMPLES if words else 0):
        yield draw.choice(words), draw.choice(words), next(tails)
        yield "", draw.choice(words) + draw.choice(HOSTILE), next(tails)


def text_of(shape: tuple[str, str, str], size: int) -> str:
    head, word, tail = shape
    room = max(0, size - len(head) - len(tail))
    return (head + (word * (room // len(word) + 1))[:room] + tail)[:size]


# --- what they take -----------------------------------------------------------------------------

# The ways to use a pattern on a text.
USES: tuple[Callable[[patterns.Pattern, str], object], ...] = (
    lambda pattern, text: deque(pattern.finditer(text), 0),
    lambda pattern, text: pattern.match(text),
    lambda pattern, text: pattern.fullmatch(text),
)


def seconds(pattern: patterns.Pattern, text: str, use: Callable) -> float:
    """The thread's CPU seconds, without those of a garbage collection that many matches may bring about."""
    gc.disable()
    try:
        begun = time.thread_time()
        use(pattern, text)
        return time.thread_time() - begun
    finally:
        gc.enable()


REFERENCE = patterns.compile("[^\n -~]")


def most_seconds() -> float:
    """The limit on this machine now: a busy or slow one gets more, by what a known search takes on it."""
    now = seconds(REFERENCE, "甲" * LONG, USES[0])
    return MOST_SECONDS * max(1.0, now / REFERENCE_SECONDS)


def is_slow(pattern: patterns.Pattern, text: str, use: Callable) -> bool:
    return all(seconds(pattern, text, use) > most_seconds() for _ in range(ROUNDS))


def growth(pattern: patterns.Pattern, shape: tuple[str, str, str], use: Callable) -> str | None:
    """What is wrong with how a pattern's time grows with the text, or None.

    Each round may add only to what is known of the least time: a busy machine makes single ones longer, and
    nothing makes one shorter.
    """
    short = long = float("inf")
    for _ in range(ROUNDS):
        short = min(short, seconds(pattern, text_of(shape, LONG), use))
        long = min(long, seconds(pattern, text_of(shape, FAR), use))
        if long < MOST_GROWTH**DOUBLINGS * short:
            return None
    return f"{shape}: {LONG} signs take {short * 1000:.1f} ms, {FAR} take {long * 1000:.1f} ms"


def faults(pattern: patterns.Pattern) -> list[str]:
    draw = random.Random(pattern.pattern)  # the same texts at each run
    shapes = list(pumped(words_of(pattern.pattern, draw), draw))
    sizes = (*LADDER, LONG) if isinstance(pattern, re.Pattern) else (LONG,)
    for use in USES:
        taken = []
        for shape in shapes:
            for size in sizes:
                last = seconds(pattern, text_of(shape, size), use)
                if last > MOST_SECONDS and is_slow(pattern, text_of(shape, size), use):
                    return [f"{shape}: {size} signs take more than {MOST_SECONDS * 1000:.0f} ms"]
            taken.append(last)
        worst = sorted(range(len(shapes)), key=taken.__getitem__, reverse=True)[:WORST]
        for place in worst:
            if taken[place] > FLOOR and (fault := growth(pattern, shapes[place], use)):
                return [fault]
    return []


@pytest.mark.parametrize("name", MEASURED)
def test_no_text_takes_a_pattern_long(name):
    assert not faults(MEASURED[name])


@pytest.mark.parametrize(
    "bad",
    [
        # each was in the product: two are exponential, two quadratic
        r"(?:那个|这个|那|这|个|事情|事|的|了|下|一|就是|有)+$",
        r"(?:才|就|刚|要|能|将|就要|才能)*(?:年)?(?:满|到|过|够)",
        r"(?:的(?:网站|站点))?[的了呢吗啊哦呀]*$",
        r"\s*([和与跟、/])\s*",
    ],
)
def test_a_bad_pattern_is_seen(bad):
    assert faults(re.compile(bad))
    assert not faults(patterns.compile(bad))
