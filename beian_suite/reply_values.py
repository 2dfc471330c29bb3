"""Values of the reply contract (docs/reply.md)."""

# Generated from beian/contract/ by `python -m beian contract`. Do not edit.

STATUSES = ("answered", "clarify", "uncovered", "out_of_scope", "smalltalk", "handoff", "error")
MOST_FACTS = 4
