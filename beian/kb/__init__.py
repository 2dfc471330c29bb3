"""The knowledge base: the documented procedure as data. Knows nothing of Rasa."""

from beian.kb.current import load_knowledge, use_knowledge
from beian.kb.definitions import Definition
from beian.kb.facts import Fact, Theme, Topic
from beian.kb.load import KnowledgeError, default_path, read_knowledge
from beian.kb.model import KnowledgeBase, Term
from beian.kb.supplement import Conflict, Supplement, SupplementFact, SupplementSource

__all__ = [
    "Conflict",
    "Definition",
    "Fact",
    "KnowledgeBase",
    "KnowledgeError",
    "Supplement",
    "SupplementFact",
    "SupplementSource",
    "Term",
    "Theme",
    "Topic",
    "default_path",
    "load_knowledge",
    "read_knowledge",
    "use_knowledge",
]
