"""Measure the second layer: own questions of tests/questions/supplement.jsonl, by theme, each asked afresh.

`python -m bench.supplement` prints the table and writes it to docs/supplement.md between its marks, with the
shares of a second set, supplement_check.jsonl; `--misses` lists what went wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from beian.kb import KnowledgeBase, load_knowledge
from beian.testing.inprocess import InProcessDriver

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "questions" / "supplement.jsonl"
CHECK = QUESTIONS.with_name("supplement_check.jsonl")
PAGE = ROOT / "docs" / "supplement.md"
COVERAGE, INVENTORY = "coverage", "inventory"
OUTCOMES = {
    "right": "正确",
    "document": "文档已答",
    "titles": "选项里有",
    "other_titles": "选项里没有",
    "plain": "只说没写",
    "wrong": "错误",
    "elsewhere": "当成别的问题",
}


def read_questions(path: Path = QUESTIONS) -> list[dict[str, Any]]:
    """The questions: `text`, the `facts` that answer it, the `document` facts that do so as well."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def outcome_of(question: Mapping[str, Any], custom: Mapping[str, Any], buttons: Iterable[str]) -> str:
    """What a reply is for a question; see OUTCOMES."""
    wanted = set(question["facts"])
    shown = {entry["id"] for entry in custom.get("supplement", [])}
    if shown & wanted:
        return "right"
    if set(custom["facts"]) & set(question.get("document", [])):
        return "document"
    if any(name.startswith("supplement.") for name in shown):
        return "wrong"
    if custom["status"] != "uncovered":
        return "elsewhere"
    if custom.get("card"):
        return "titles" if wanted & set(buttons) else "other_titles"
    return "plain"


def measure(
    driver: InProcessDriver, questions: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], str, Any]]:
    """(question, outcome, what was told) for each; what was told is empty where there was no answer."""
    supplement = driver.load().kb.supplement
    by_question = {fact.question: fact.id for fact in supplement.facts.values()}
    found = []
    for question in questions:
        driver.begin({}, None)
        message = driver.send(question["text"], {}).messages[0]
        buttons = [by_question.get(button["payload"], "") for button in message.buttons]
        outcome = outcome_of(question, message.custom, buttons)
        told = [entry["id"] for entry in message.custom.get("supplement", [])]
        if message.custom["status"] == "answered":
            told = [*message.custom["facts"], *told]
        found.append((question, outcome, told))
    return found


def table(found: list[tuple[dict[str, Any], str, Any]]) -> str:
    """The coverage by theme as Markdown."""
    by_theme: dict[str, Counter[str]] = defaultdict(Counter)
    for question, outcome, _ in found:
        by_theme[question["facts"][0].split(".")[1]][outcome] += 1
    total: Counter[str] = sum(by_theme.values(), Counter())
    lines = [
        f"| 主题 | 题数 | {' | '.join(OUTCOMES.values())} |",
        f"| --- | ---: |{' ---: |' * len(OUTCOMES)}",
    ]
    for name, counts in [*sorted(by_theme.items()), ("合计", total)]:
        cells = " | ".join(str(counts[outcome]) if counts[outcome] else "" for outcome in OUTCOMES)
        lines.append(f"| {name} | {sum(counts.values())} | {cells} |")
    return "\n".join([*lines, "", shares(found)])


def shares(found: list[tuple[dict[str, Any], str, Any]]) -> str:
    """The share of each outcome, and of the questions that get an answer of either layer at all."""
    total = Counter(outcome for _, outcome, _ in found)
    told = sum(bool(told) for _, _, told in found)
    parts = [f"{title} {total[name] / len(found):.1%}" for name, title in OUTCOMES.items()]
    return f"{'，'.join(parts)}。得到回答的（任一层）{told / len(found):.1%}。"


def inventory(kb: KnowledgeBase) -> str:
    """What there is by theme, as Markdown: how many facts, from whom, how old."""
    lines = [
        "| 主题 | 编号 | 条数 | 其中不显示 | 来源 | 最早的复核 |",
        "| --- | --- | ---: | ---: | --- | --- |",
    ]
    for theme in kb.themes.values():
        facts = [fact for fact in kb.supplement.by_theme.get(theme.id, ()) if fact.theme == theme.id]
        if not facts:
            lines.append(f"| {theme.title} | {theme.id} |  |  |  |  |")
            continue
        publishers = dict.fromkeys(source.publisher for fact in facts for source in fact.sources)
        hidden = sum(not fact.shown for fact in facts)
        oldest = min(fact.reviewed_on for fact in facts).isoformat()
        names = "、".join(publishers)
        lines.append(f"| {theme.title} | {theme.id} | {len(facts)} | {hidden or ''} | {names} | {oldest} |")
    sources = {source for fact in kb.supplement.facts.values() for source in fact.sources}
    kinds = Counter(source.kind for source in sources)
    counts = "，".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return "\n".join([*lines, "", f"来源共 {len(sources)} 个：{counts}。"])


def between(page: str, name: str, text: str) -> str:
    """The page with the text between the marks of that name; as it is where it has none."""
    begin, end = f"<!-- {name}: bench/supplement.py -->", f"<!-- end of {name} -->"
    if begin not in page:
        return page
    before, rest = page.split(begin)
    return f"{before}{begin}\n{text}\n{end}{rest.split(end)[1]}"


def main() -> None:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the questions that went wrong")
    options = parser.parse_args()
    driver = InProcessDriver()
    driver.load()
    found = measure(driver, read_questions())
    check = measure(driver, read_questions(CHECK))
    driver.close()
    text = f"{table(found)}\n\n另一套 {len(check)} 题（`{CHECK.name}`）：{shares(check)}"
    sys.stdout.write(f"{text}\n")
    if options.misses:
        for question, outcome, told in [*found, *check]:
            if outcome not in ("right", "document"):
                sys.stdout.write(f"{outcome}: {question['text']} {question['facts']} {told}\n")
    page = between(PAGE.read_text(encoding="utf-8"), COVERAGE, text)
    PAGE.write_text(between(page, INVENTORY, inventory(load_knowledge())), encoding="utf-8")


if __name__ == "__main__":
    main()
