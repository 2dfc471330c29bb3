"""Values that programs elsewhere have to know: the suite in Python, the pages in TypeScript."""

from __future__ import annotations

import json

from beian.contract.about import values_of
from beian.contract.desk import ACTIONS
from beian.contract.reply import MOST_FACTS, Status

HEAD = "Generated from beian/contract/ by `python -m beian contract`. Do not edit."


def values_py() -> str:
    """beian_suite/reply_values.py: the suite is a package of its own and imports nothing of beian."""
    statuses = ", ".join(json.dumps(status) for status in values_of(Status))
    return "\n".join(
        [
            '"""Values of the reply contract (docs/reply.md)."""',
            "",
            f"# {HEAD}",
            "",
            f"STATUSES = ({statuses})",
            f"MOST_FACTS = {MOST_FACTS}",
            "",
        ]
    )


def values_ts() -> str:
    """web/src/shared/values.ts."""
    entries = [f"  {action}: {json.dumps(name, ensure_ascii=False)}," for action, name in ACTIONS.items()]
    return "\n".join(
        [
            f"// {HEAD}",
            "",
            "/** What is written in the audit log, in words. */",
            "export const ACTIONS: Record<string, string> = {",
            *entries,
            "};",
            "",
        ]
    )
