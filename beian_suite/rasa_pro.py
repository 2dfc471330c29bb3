"""What Rasa Pro's end-to-end tests can ask and nobody else can see: accepted by choice, never checked."""

from __future__ import annotations

ASSERTIONS = (
    "flow_started",
    "flow_completed",
    "flow_cancelled",
    "pattern_clarification_contains",
    "generative_response_is_relevant",
    "generative_response_is_grounded",
)
"""Assertions on flows and on a language model's words."""

STUBS = "stub_custom_actions"
"""Results that Rasa's own runner puts in place of actions."""

IGNORED = "其余写法"
"""The kind, for people, of a step that Rasa passes over because its case has assertions."""

NEVER_SEEN = frozenset({*ASSERTIONS, IGNORED})
"""Kinds of expectations that no driver can look at."""


def refusal(key: str) -> str:
    """What to say about such a key where it was not chosen to accept it."""
    return (
        f"{key} 是 Rasa Pro 特有的，这里看不到；加 --rasa-pro（或设置 rasa_pro = true），"
        "这样的断言就计为“没有核对”，文件不用改"
    )
