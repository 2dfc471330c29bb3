"""What is wrong with the data that the model is trained on: one line for each fault, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beian.kb import KnowledgeBase
from beian.kb.faults import read_file
from beian.meaning.candidates import candidates_of
from beian.meaning.data import ContextualDataError, read_lines
from beian.nlu.data_check import DATA, KNOWN, DataReport, check_messages, fold, read_messages
from beian.project import ROOT
from beian.text import patterns

QUESTIONS = ROOT / "tests" / "questions"
RESPONSES = DATA.with_name("responses.yml")
# So many characters make a sentence that nobody writes twice by chance.
SENTENCE = 7
_MOST_LINES = 20
_SAID = "utter_"

_WHY = (
    (patterns.compile(r".*\t"), "有制表符，请换成空格"),
    (patterns.compile(r"\s*[－—–·•*]"), "例句前面不是半角的 - ，请改为“    - 例句”"),
    (patterns.compile(r"\s*-\S"), "- 后面少一个空格，请改为“    - 例句”"),
    (patterns.compile(r"\s*-\s*$"), "只有 -，后面没有例句，请补上或删去"),
    (patterns.compile(r"\s*- intent:"), "标签应写成“- intent: 名称/子名称”，顶格"),
    (patterns.compile(r"\s*- "), "例句前面应正好空四格，写成“    - 例句”"),
    (patterns.compile(r"\s+\S"), "少了前面的 - ，请改为“    - 例句”"),
)


@dataclass
class TrainingData:
    """All faults; the report on the single messages; how many lines of conversations there are."""

    report: DataReport
    lines: int = 0
    problems: list[str] = field(default_factory=list)


def check_training_data(kb: KnowledgeBase, file: Path = DATA) -> TrainingData:
    """Check everything that the model is trained on against the knowledge base."""
    messages = read_messages(file)
    found = TrainingData(check_messages(messages, kb))
    found.problems += unread_lines(file.read_text(encoding="utf-8"))
    found.problems += found.report.problems
    found.problems += responses_of(label for _, label in messages)
    found.problems += questions_learned(text for text, _ in messages)
    try:
        found.lines = len(read_lines(targets=targets_of(kb, [label for _, label in messages])))
    except ContextualDataError as error:
        found.problems += error.problems
    return found


def targets_of(kb: KnowledgeBase, labels: Iterable[str]) -> frozenset[str]:
    """What a line of the trees may mean."""
    return frozenset(candidates_of(kb, sorted(set(labels))).targets)


def responses_of(labels: Iterable[str], file: Path = RESPONSES) -> Iterator[str]:
    """A fault for each label with a slash that data/responses.yml has not, and for each that it has too many.

    Rasa's own commands print a warning for every message of such a label, thousands in all.
    """
    content, faults = read_file(file, "data/responses.yml")
    yield from faults
    if faults:
        return
    wanted = dict.fromkeys(f"{_SAID}{label}" for label in labels if "/" in label)
    held = (content or {}).get("responses") or {}
    for name in wanted:
        if name not in held:
            label = name.removeprefix(_SAID)
            yield f"[data/responses.yml › responses] 没有标签 {label}，请加一行“  {name}: *said”"
    yield from (
        f"[data/responses.yml › responses] {name} 不是 data/nlu.yml 里的标签，请删去"
        for name in held
        if name not in wanted
    )


def unread_lines(text: str) -> list[str]:
    """A fault for each line of data/nlu.yml that is not understood: nothing is passed over in silence."""
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.rstrip(" ")
        if not KNOWN.fullmatch(bare):
            why = next(
                (words for pattern, words in _WHY if pattern.match(line)), "看不懂这一行，请改正或删去"
            )
            faults.append(f"[data/nlu.yml › 第 {number} 行] “{line.strip()[:40]}” {why}")
    if len(faults) > _MOST_LINES:
        return [*faults[:_MOST_LINES], f"[data/nlu.yml] 还有 {len(faults) - _MOST_LINES} 行看不懂"]
    return faults


def questions_learned(messages: Iterable[str], folder: Path = QUESTIONS) -> Iterator[str]:
    """Questions of the tests that stand in the training data: what is learned by heart is no test.

    The folder is not there where the project runs without its tests.
    """
    asked = {
        fold(json.loads(row)["text"]): file.name
        for file in sorted(folder.glob("*.jsonl"))
        for row in file.read_text(encoding="utf-8").splitlines()
        if row.strip()
    }
    for text in messages:
        folded = fold(text)
        place = asked.get(folded)
        if place and len(folded) >= SENTENCE:
            yield f"[data/nlu.yml] “{text}” 是 tests/questions/{place} 里的题，请换一种说法"
