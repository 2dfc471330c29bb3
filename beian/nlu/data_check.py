"""Check the training messages: labels, repeats, clashes between labels, and variety within each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from beian.kb import KnowledgeBase
from beian.nlu.labels import fact_id, kind_of, label_of
from beian.project import ROOT
from beian.text import patterns
from beian.text.normalize import letters_only

DATA = ROOT / "data" / "nlu.yml"
FEWEST = {"answer": 40, "uncovered": 25, "out_of_scope": 40, "act": 30}
FEWEST_OUT_OF_SCOPE = 300
# Written text has about four distinct pairs of characters a message, shared or not; templates fall far below.
FEWEST_BIGRAMS_PER_MESSAGE = {"answer": 2.5, "uncovered": 2.5, "out_of_scope": 2.5, "act": 1.2}
# Mean likeness (Jaccard, pairs of characters) of a message to the nearest other one of its label.
MOST_LIKENESS = 0.45
# What a line of data/nlu.yml may be. Rasa passes over a line that is none of these: it is never learned.
KNOWN = patterns.compile(
    r'(?:#.*|version: "3\.1"|nlu:|- intent: [a-z_]+(?:/[a-z_.]+)?|  examples: \|(?: *#.*)?|    - \S.*)?'
)
_INTENT = patterns.compile(r"^- intent: (\S+)$")


@dataclass
class LabelReport:
    """Variety within one label: messages, distinct character pairs, mean likeness to the nearest."""

    label: str
    messages: int
    bigrams: int
    likeness: float


@dataclass
class DataReport:
    """All problems, and one report for each label."""

    messages: int
    problems: list[str] = field(default_factory=list)
    labels: list[LabelReport] = field(default_factory=list)

    def table(self) -> str:
        """The reports as lines of text."""
        lines = [f"{'label':50} messages bigrams likeness"]
        lines += [f"{r.label:50} {r.messages:8} {r.bigrams:7} {r.likeness:8.2f}" for r in self.labels]
        return "\n".join(lines) + "\n"


def read_messages(file: Path = DATA) -> list[tuple[str, str]]:
    """(message, label) of each line of data/nlu.yml."""
    messages, label = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        match = _INTENT.match(line.strip())
        if match:
            label = match.group(1)
        elif line.startswith("    - "):
            messages.append((line[6:], label))
    return messages


def fold(text: str) -> str:
    """A message without what does not tell messages apart; the message itself when nothing is left."""
    return letters_only(text) or text.strip()


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1)) or frozenset({text})


def check_messages(messages: list[tuple[str, str]], kb: KnowledgeBase) -> DataReport:
    """Everything wrong with the training messages, and their variety."""
    result = DataReport(messages=len(messages))
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_label: dict[str, list[str]] = defaultdict(list)
    for text, label in messages:
        places[fold(text)].append((text, label))
        by_label[label].append(fold(text))
    for entries in places.values():
        labels = {label for _, label in entries}
        if len(labels) > 1:
            result.problems.append(
                f"[data/nlu.yml] “{entries[0][0]}” 同时属于 {'、'.join(sorted(labels))}，请只留一处"
            )
        elif len(entries) > 1:
            result.problems.append(
                f"[data/nlu.yml › {entries[0][1]}] “{entries[0][0]}” 重复 {len(entries)} 次，请只留一句"
            )
    result.problems += _check_labels(by_label, kb)
    for label, texts in sorted(by_label.items()):
        report = _variety(label, texts)
        result.labels.append(report)
        if report.bigrams < FEWEST_BIGRAMS_PER_MESSAGE[kind_of(label)] * report.messages:
            result.problems.append(
                f"[data/nlu.yml › {label}] 说法太单一（不同的字对只有 {report.bigrams} 个），请换说法重写"
            )
        if report.likeness > MOST_LIKENESS:
            result.problems.append(
                f"[data/nlu.yml › {label}] 句子彼此太像（相似度 {report.likeness:.2f}），请换说法重写"
            )
    return result


def _check_labels(by_label: dict[str, list[str]], kb: KnowledgeBase) -> Iterable[str]:
    wanted = {label_of(entry) for entry in (*kb.facts, *kb.topics)}
    wanted |= {f"uncovered/{theme}" for theme in kb.themes}
    for label in sorted(wanted - set(by_label)):
        yield f"[data/nlu.yml] 没有 {label} 的训练语料，请补上"
    for label, texts in by_label.items():
        kind = kind_of(label)
        known = label in wanted or kind in ("out_of_scope", "act")
        if not known:
            yield f"[data/nlu.yml › {label}] 知识库里没有 {fact_id(label)}，请改标签或补上事实"
        if len(texts) < FEWEST[kind]:
            yield f"[data/nlu.yml › {label}] 只有 {len(texts)} 句，至少要 {FEWEST[kind]} 句"
    foreign = sum(len(texts) for label, texts in by_label.items() if kind_of(label) == "out_of_scope")
    if foreign < FEWEST_OUT_OF_SCOPE:
        yield f"[data/nlu.yml › out_of_scope] 只有 {foreign} 句，至少要 {FEWEST_OUT_OF_SCOPE} 句"


def _variety(label: str, texts: list[str]) -> LabelReport:
    grams = [_bigrams(text) for text in texts]
    having: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(grams):
        for gram in own:
            having[gram].append(place)
    nearest = []
    for place, own in enumerate(grams):
        shared = Counter(other for gram in own for other in having[gram] if other != place)
        nearest.append(
            max((common / len(own | grams[other]) for other, common in shared.items()), default=0.0)
        )
    return LabelReport(label, len(texts), len(having), sum(nearest) / len(nearest) if nearest else 0.0)
