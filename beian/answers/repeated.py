"""Nothing is said twice in a row: where a reply would only repeat what was said, that there is no more to it
is the answer."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from beian.answers.brief import brief_text
from beian.answers.entry_meant import entry_meant
from beian.answers.reply import Reply
from beian.answers.rulings import of_the_verdict, ruling
from beian.answers.unwritten import nothing_more
from beian.contract.reply import MOST_FACTS
from beian.hearing.day_questions import asks_when
from beian.hearing.heard import MAYBE_IN_FULL, Heard
from beian.hearing.questions import is_polar
from beian.kb import KnowledgeBase
from beian.meaning.advance import RETELLING, TELLING
from beian.meaning.state import Discourse

# So many replies on one question are remembered.
_REMEMBERED = 4
_MAY_REPEAT = RETELLING - {"doubt", "sum_up"}


def remembered(reply: Reply, before: Discourse, after: Discourse) -> Discourse:
    """The state after a reply, with a digest of its words among those on the same question."""
    earlier = before.replies if after.stated == before.stated else ()
    if reply.status != "answered" or not after.stated:
        return replace(after, replies=earlier if after.stated else ())
    said = _digest(reply.text)
    return replace(after, replies=earlier if said in earlier else (*earlier, said)[-_REMEMBERED:])


def not_twice(reply: Reply, heard: Heard, before: Discourse, kb: KnowledgeBase) -> None:
    """Make a reply in words that were already said on this question say that the document has no more on it.

    Who asks for it again, or asks the same question in full, gets it again; so does who asks about a day that
    was worked out.
    """
    worked_out = reply.card is not None and reply.card["type"] in ("deadline", "verdict")
    about_days = bool(heard.days) or asks_when(heard.said.text)
    decides = any(ruling(kb.facts[fact], heard, before, kb) == reply.text for fact in reply.facts)
    if decides or of_the_verdict(heard, before):
        return
    if reply.status != "answered" or not reply.facts or (worked_out and about_days):
        return
    if _digest(reply.text) not in before.replies:
        return
    said = heard.said
    picked = said.written in kb.questions or said.ordinal is not None or bool(heard.meaning.notice)
    in_full = heard.meaning.manner == "ask" and heard.meaning.alone >= MAYBE_IN_FULL
    if picked or heard.meaning.manner in _MAY_REPEAT or (in_full and not is_polar(said.text)):
        return
    told = heard.meaning.manner in TELLING
    found = [kb.facts[fact] for fact in reply.facts]
    # of a list the one entry that is meant, and not all of it
    entry = next((one for fact in found if fact.items and (one := entry_meant(fact, heard, kb))), None)
    still, contact = nothing_more(f"{entry}。" if entry else brief_text(found, kb), kb, told=told)
    reply.text = kb.phrase("unwritten", "no_more") if _digest(still) in before.replies else still
    reply.card = None
    reply.facts = tuple(dict.fromkeys([*reply.facts, *contact]))[:MOST_FACTS]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
