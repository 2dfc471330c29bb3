"""Whether a customer has understood a rule rightly: 也就是说没批下来之前不能切，对吧."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.brief import brief
from beian.calendar.age import find_age
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.kb import Fact, KnowledgeBase
from beian.meaning.state import Discourse
from beian.names import find_names
from beian.text import patterns

_CONFIRMS = patterns.compile(
    "就是说|意思[是就]|这么说|这么看|照这么|所以|那么?就是|是不是.{1,20}(?:就|才)|对[吧吗么]|对不对|是[吧吗么][?？。]*$"
    "|没错吧|(?:必须|得|要).{1,16}才|只要.{1,16}就|我?理解|没理解错|岂不是|可以这么"
)
_LAST_SIGNS = "?？。！!~ "


def confirms(text: str) -> bool:
    """Whether a message puts what was said in its own words, and asks if that is so."""
    asks = is_polar(text) or text.endswith(("?", "？"))
    return bool(_CONFIRMS.search(text.strip(_LAST_SIGNS))) and asks


def confirmed(found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase) -> str | None:
    """Right, wrong or not quite, where the rule decides it, and the rule; None where it does not, or nothing
    is to be confirmed. `before` is the state before the message."""
    text = heard.said.text
    if len(found) != 1 or heard.said.written in kb.questions or not confirms(text):
        return None
    age = find_age(heard.said.written, heard.today) if heard.today else None
    if age or find_names(heard.said.written, kb):
        # what is put forward is checked
        return None
    fact = found[0]
    case = next((one for one in kb.rulings.confirmed if fact.id in one.facts and one.decides(text)), None)
    if case is None:
        return None
    kind = heard.said.case().get("subject_kind") or before.focus.subject_kind
    worded = kb.phrases["verdict"]
    said = worded.get(f"{fact.id}.{kind}") or worded.get(fact.id) or brief(fact, kb)
    return kb.phrase("confirmed", case.says, said=str(said))
