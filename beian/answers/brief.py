"""Facts in fewer words: the core statement, or entries by their names; no number of a list is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beian.answers.render import fact_text
from beian.calendar.finding import Finding
from beian.kb import Fact, KnowledgeBase
from beian.text import patterns

_GROUP = "brief"
# A short aside, such as （如有）, changes what is said; a longer one explains it.
_ASIDE = patterns.compile(r"[（(][^（）()]{5,}[）)]")
# With the word that says how sure it is.
_FIGURE = patterns.compile(r"(?:(?:通常|一般|大约|约)\s*)?\d[\d.-]*\s*(?:个工作日|周岁|日内?|天|岁)?")
_LIST_SEPARATOR = "、"
_STEP_SEPARATOR = " → "
_OPEN_LEAD = "等："


def brief_text(facts: Sequence[Fact], kb: KnowledgeBase, instead: Mapping[str, str] | None = None) -> str:
    """Several facts in short, a line each; of more than one, each after its title.

    `instead` holds what was worked out for this customer, by fact.
    """
    lines = [(instead or {}).get(fact.id) or brief(fact, kb) for fact in facts]
    if len(facts) == 1:
        return lines[0]
    return "\n".join(f"{fact.title}：{line}" for fact, line in zip(facts, lines, strict=True))


def brief_of(found: Finding) -> str:
    """What was worked out, in short: the day itself, or each verdict."""
    card = found.card
    return (str(card["title"]) if card["type"] == "deadline" else "；".join(card["items"])) + "。"


def brief(fact: Fact, kb: KnowledgeBase) -> str:
    """A fact in one short line: as worded in the knowledge base, else the names of its entries."""
    if fact.id in kb.phrases[_GROUP]:
        return kb.phrase(_GROUP, fact.id)
    if not fact.items:
        return fact_text(fact)
    lines: list[str] = []
    leads: list[str] = []
    for kind, entries in fact.body:
        if kind == "text":
            # what leads to a list says something only where it counts
            leads = [_ASIDE.sub("", line).split("。")[-1] for line in entries if line.endswith("：")]
            lines += [line for line in leads if _FIGURE.search(line)]
        else:
            separator = _STEP_SEPARATOR if kind == "steps" else _LIST_SEPARATOR
            # a list that the document leaves open stays so
            end = "等。" if leads and leads[-1].endswith(_OPEN_LEAD) else "。"
            lines.append(separator.join(_name(entry) for entry in entries) + end)
    return "".join(lines)


def _name(entry: str) -> str:
    """What an entry is called: up to its colon, without asides; numbers behind the colon are kept."""
    name, colon, rest = _ASIDE.sub("", entry).partition("：")
    kept = [figure for figure in _FIGURE.findall(rest) if figure not in name] if colon else []
    return f"{name}（{'、'.join(kept)}）" if kept else name
