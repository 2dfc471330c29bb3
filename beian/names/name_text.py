"""Verdicts on site names in words."""

from __future__ import annotations

from collections.abc import Sequence

from beian.calendar.finding import Finding, rule_finding
from beian.kb import KnowledgeBase
from beian.names.check import NameVerdict
from beian.names.find import MOST_CHARACTERS

NAMING = "notice.naming"


def names_text(verdicts: Sequence[NameVerdict], kb: KnowledgeBase) -> Finding:
    """One line for each name with the words that break the rule, the caution, and the rule.

    ValueError without a verdict.
    """
    if not verdicts:
        raise ValueError("no name to speak of")
    items = [_line(verdict, kb) for verdict in verdicts]
    found = rule_finding(
        "verdict", kb.phrase("site_name", "title"), items, [kb.phrase("site_name", "caution")], NAMING, kb
    )
    # For clients that mark each line: the words alone say it too.
    found.card["verdicts"] = ["ok" if verdict.allowed else "no" for verdict in verdicts]
    return found


def _line(verdict: NameVerdict, kb: KnowledgeBase) -> str:
    name = " ".join(verdict.name.split())[:MOST_CHARACTERS]
    if verdict.allowed:
        return kb.phrase("site_name", "allowed", site=name)
    words = "".join(kb.phrase("site_name", "word", word=word) for word in verdict.broken)
    return kb.phrase("site_name", "broken", site=name, words=words)
