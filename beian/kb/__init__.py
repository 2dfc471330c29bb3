"""The knowledge base: the documented procedure as data. Knows nothing of Rasa."""

from beian.kb.load import KnowledgeError, default_path, load_knowledge
from beian.kb.model import Fact, KnowledgeBase, Term, Theme, Topic

__all__ = [
    "Fact",
    "KnowledgeBase",
    "KnowledgeError",
    "Term",
    "Theme",
    "Topic",
    "default_path",
    "load_knowledge",
]
