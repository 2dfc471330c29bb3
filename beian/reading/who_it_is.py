"""Who answers, asked beside a question of the filing (你是AI吧？再说公司搬家备案要不要动): none is lost."""

from __future__ import annotations

from beian.meaning.candidates import Candidates
from beian.nlu.evidence import Evidence

IDENTITY = "chitchat/identity"
# As sure as this a part of a message asks who answers.
SURE = 0.7


def asks_who_it_is(evidence: Evidence, candidates: Candidates) -> bool:
    """Whether one of several parts of a message asks who answers, by its own words."""
    place = candidates.places.get(IDENTITY)
    if place is None or len(evidence.parts) < 2:
        return False
    return any(float(candidates.chances(part.whole)[place]) >= SURE for part in evidence.parts)
