"""What the normalizer learns of spelling, for the pipeline's parts that are used without a model."""

from __future__ import annotations

from functools import lru_cache

from beian.engine.components.normalizer import learned
from beian.kb import load_knowledge
from beian.nlu.data_check import read_messages
from beian.text.word_pairs import WordPairs


@lru_cache(maxsize=1)
def spelling_learned() -> WordPairs:
    """Learned once from all training messages."""
    return learned(load_knowledge(), read_messages())
