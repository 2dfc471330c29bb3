"""What is understood of a message by itself, written into it."""

from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from beian.engine.components.attributes import EVIDENCE, UNDERSTANDING
from beian.nlu.decide import decide
from beian.nlu.understanding import Understanding

# The intent of a message that fits nothing.
NOTHING_LIKELY = "out_of_scope"


def write_outcome(message: Message, understanding: Understanding) -> None:
    """Write what is understood into the message, and what to do about it."""
    decision = decide(understanding)
    understanding.outcome, understanding.labels = decision.outcome, decision.labels
    ranking = [
        {"name": label.partition("/")[0], "label": label, "confidence": confidence}
        for label, confidence in understanding.ranking
    ]
    first = next(iter(decision.labels), NOTHING_LIKELY)
    intent = {"name": first.partition("/")[0], "confidence": understanding.confidence}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(UNDERSTANDING, understanding.as_dict(), add_to_output=True)
    message.set(EVIDENCE, understanding.evidence)
