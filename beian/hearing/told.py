"""What a message tells of the case, set right before anything is answered: who the subject is, what is
denied, which client is meant, what comes on top, and what is only named in passing."""

from __future__ import annotations

from beian.hearing.clients import of_the_client
from beian.hearing.denied import without_denied
from beian.hearing.further import with_further
from beian.hearing.heard import Heard
from beian.hearing.passing import without_passing
from beian.hearing.subjects import with_the_subject
from beian.hearing.the_way import of_the_way
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse


def as_told(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Heard, Discourse]:
    """The message and the state that it falls into."""
    heard = with_the_subject(of_the_way(heard, state, kb), state, kb)
    heard, state = without_denied(heard, state, kb)
    return of_the_client(with_further(without_passing(heard, state, kb), state, kb), state, kb)
