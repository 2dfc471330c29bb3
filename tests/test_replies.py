"""Every kind of reply holds to the reply contract (docs/reply.md)."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from beian.answers.render import MOST_CHARACTERS
from beian.kb import load_knowledge

ROOT = Path(__file__).resolve().parents[1]
KB = load_knowledge()
SCHEMA = json.loads((ROOT / "docs" / "reply.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
# Titles of sections, and what connects facts: no statement of the procedure is hidden in it.
SPACES = re.compile(r"\s+")

# One conversation for each kind of reply: what is said, the status and the card's type of the last answer.
KINDS = {
    "a fact": (["审核一般几天"], "answered", None),
    "a checklist": (["个人备案改主体信息要什么材料"], "answered", "checklist"),
    "steps": (["备案变更完整的流程是怎样的"], "answered", "steps"),
    "two questions": (["换服务器要什么材料，审核要多久"], "answered", "checklist"),
    "an item's type": (["公司换法人了，备案要不要变更"], "answered", None),
    "two facts of a topic": (["想换一个域名，备案怎么弄"], "answered", None),
    "one open, one answered": (["审核要多久，办理要多少钱"], "answered", None),
    "a question back": (["要准备哪些材料"], "clarify", "choices"),
    "which type": (["我不知道该选哪一种变更"], "clarify", "choices"),
    "an open theme": (["备案变更收费吗"], "uncovered", None),
    "an unknown theme": (["变更以后备案号会变吗"], "uncovered", None),
    "something else": (["今天天气怎么样"], "out_of_scope", None),
    "nonsense": (["asdf qwer zxcv"], "out_of_scope", None),
    "a greeting": (["你好"], "smalltalk", None),
    "thanks": (["谢谢"], "smalltalk", None),
    "an insult": (["你就是个垃圾"], "handoff", None),
    "a person": (["转人工"], "handoff", None),
    "a person, the case known": (["我们公司换法人要什么材料", "转人工"], "handoff", None),
    "nothing to repeat": (["再说一遍"], "smalltalk", None),
    "again": (["审核要多久", "再说一遍"], "answered", None),
    "simpler": (["备案变更完整的流程是什么", "说简单点"], "answered", None),
    "more": (["审核要多久", "还有吗"], "smalltalk", None),
    "start over": (["审核要多久", "重新开始"], "smalltalk", None),
    "a complaint": (["审核要多久", "答非所问"], "clarify", "choices"),
    "a follow-up": (["企业改主体信息要哪些材料", "那个人的呢"], "answered", "checklist"),
    "a last day": (["公司上周五改了名字，最迟什么时候要交变更申请"], "answered", "deadline"),
    "a review window": (["11月2号提交的，什么时候出审核结果"], "answered", "deadline"),
    "a day that cannot be": (["我2月30号换的法人，最晚什么时候提交变更"], "clarify", None),
    "a site's name": (["网站名称叫“中国好书”能用吗"], "answered", "verdict"),
    "a comparison": (["主体信息变更和主体过户有什么区别"], "answered", "comparison"),
    "an age": (["网站负责人17岁可以吗"], "answered", "verdict"),
    "the guide begins": (["带我一步步准备材料"], "clarify", "choices"),
    "the guide asks on": (["带我一步步准备材料", "主体信息变更"], "clarify", "choices"),
    "the guide interrupted": (["带我一步步准备材料", "审核要多久"], "answered", None),
    "the guide's list": (
        ["带我一步步准备材料", "主体信息变更", "企业", "10月8号"],
        "answered",
        "checklist",
    ),
    "the guide's list without materials": (
        ["带我一步步准备材料", "注销网站"],
        "answered",
        "checklist",
    ),
    "the guide stopped": (["带我一步步准备材料", "算了不弄了"], "smalltalk", None),
    "nothing": ([""], "error", None),
    "too much": (["变" * 2001], "error", None),
}


def squeeze(text: str) -> str:
    return SPACES.sub("", text)


def hold(message: dict) -> None:
    """Check one message against the contract."""
    VALIDATOR.validate(message)
    text, custom = message["text"], message["custom"]
    assert len(text) <= MOST_CHARACTERS
    assert not re.search(r"\{\w*\}|None|null|\*\*|<\w+>", text), text
    assert [source["fact"] for source in custom["sources"]] == custom["facts"]
    for source in custom["sources"]:
        fact = KB.facts[source["fact"]]
        assert (source["section"], source["layer"]) == (fact.section_path, fact.layer)
    card = custom.get("card")
    if card:
        missing = [line for line in (card["title"], *card["items"]) if squeeze(line) not in squeeze(text)]
        # a fact's card is headed by its title, which a single fact's text does not repeat; nor does the text
        # of a single verdict repeat what it is one on
        titles = [KB.facts[card["fact"]].title] if "fact" in card else []
        titles += [card["title"]] if card["type"] == "verdict" and len(card["items"]) == 1 else []
        assert missing in ([], *([title] for title in titles)), missing
        if card["type"] == "choices":
            assert [button["title"] for button in message["buttons"]] == card["items"]
        if card["type"] == "verdict":
            assert len(card["verdicts"]) == len(card["items"])
    assert custom["kb_version"] == KB.version


@pytest.fixture(autouse=True)
def a_day(monkeypatch):
    monkeypatch.setenv("BEIAN_TODAY", "2026-11-10")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_reply_holds_to_the_contract(talk, kind):
    said, status, card = KINDS[kind]
    for message in talk.converse(*said):
        hold(message)
    assert message["custom"]["status"] == status, message["text"]
    assert message["custom"].get("card", {}).get("type") == card, message["text"]


def test_all_statuses_and_cards_are_among_them():
    assert {status for _, status, _ in KINDS.values()} == set(SCHEMA["$defs"]["Status"]["enum"])
    cards = {card for _, _, card in KINDS.values() if card}
    assert cards == set(SCHEMA["$defs"]["CardType"]["enum"])


@pytest.mark.parametrize("fact", sorted(KB.facts))
def test_a_facts_button_returns_the_fact(talk, fact):
    message = talk.ask(KB.facts[fact].question)
    hold(message)
    custom = message["custom"]
    assert fact in custom["facts"]
    # general questions are answered with the particular fact of the case beside them, others alone
    assert custom["facts"] == [fact] or fact.endswith(".overview")
    assert custom["understood"]["confidence"] == 1.0
    for _, lines in KB.facts[fact].body:
        for line in lines:
            assert line in message["text"]


@pytest.mark.parametrize("topic", sorted(KB.topics))
def test_a_topics_button_returns_its_facts(talk, topic):
    message = talk.ask(KB.topics[topic].question)
    hold(message)
    assert message["custom"]["facts"] == list(KB.topics[topic].facts)


def test_buttons_lead_to_what_they_say(talk):
    """Every button of every fact's answer gets an answer or a question back, never a shrug."""
    payloads = {
        button["payload"]
        for fact in KB.facts.values()
        for button in talk.ask(fact.question).get("buttons", [])
    }
    for payload in sorted(payloads):
        message = talk.ask(payload)
        assert message["custom"]["status"] in ("answered", "clarify"), payload
        assert message["custom"]["facts"] or message["custom"]["status"] == "clarify"


def test_nothing_of_substance_without_a_fact(talk):
    """Without its facts' lines, headings and the item's opening, an answer says nothing."""
    for fact in KB.facts.values():
        message = talk.ask(fact.question)
        # what other sources say is in a line of its own, marked as such
        marked = KB.phrases["supplement"]["marker"]
        rest = squeeze("".join(x for x in message["text"].splitlines() if not x.startswith(marked)))
        lines = [
            line
            for stated in message["custom"]["facts"]
            for _, body in KB.facts[stated].body
            for line in body
        ]
        lines += [KB.facts[stated].title for stated in message["custom"]["facts"]]
        lines += [KB.phrase("deadline", f"ask_{day}") for day in ("changed", "rejected")]
        for line in sorted(lines, key=len, reverse=True):
            rest = rest.replace(squeeze(line), "")
        if message["custom"]["status"] == "answered":
            assert not re.sub(r"[\W\d]", "", rest), rest


def test_a_breach_is_noticed():
    """The schema itself has teeth."""
    good = {
        "recipient_id": "a",
        "text": "审核要 3-20 个工作日",
        "custom": {
            "status": "answered",
            "facts": ["timeline.review"],
            "sources": [{"fact": "timeline.review", "section": "某节", "layer": "procedure"}],
            "understood": {},
            "kb_version": "0123456789ab",
        },
    }
    VALIDATOR.validate(good)
    breaches = [
        {"text": ""},
        {"extra": 1},
        {"buttons": [{"title": "a", "payload": "/intent"}]},
        {"custom": {**good["custom"], "status": "maybe"}},
        {"custom": {**good["custom"], "facts": []}},
        {"custom": {**good["custom"], "facts": ["a.b", "a.c", "a.d", "a.e", "a.f"]}},
        {"custom": {**good["custom"], "card": {"type": "poster", "title": "a", "items": ["b"]}}},
        {"custom": {**good["custom"], "card": {"type": "verdict", "title": "a", "items": ["b"]}}},
        {"custom": {**good["custom"], "understood": {"confidence": 97}}},
        {"custom": {**good["custom"], "kb_version": "latest"}},
        {"custom": {**good["custom"], "secret": True}},
    ]
    for breach in breaches:
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate({**good, **breach})
