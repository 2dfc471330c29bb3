"""The guided checklist cannot be broken: whatever is clicked or said, the conversation goes on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from beian.kb import load_knowledge
from tests.actions.conftest import ROOT

KB = load_knowledge()
OPENING = "帮我准备清单"
GUIDE = (
    OPENING,
    "继续准备清单",
    "接着准备清单",
    "一步一步帮我准备变更材料",
    "算了",
    "不清楚",
    "今天",
    "昨天",
    "跳过",
    "10月8号",
)
STEERING = (
    *(
        "再说一遍",
        "说简单点",
        "返回上一个",
        "重新开始",
        "还有呢",
        "好的",
        "不是",
        "1",
        "第二个",
        "那个人的呢",
        "停",
    ),
    *("你好", "谢谢", "转人工", "答非所问", "我该办哪种变更", "今天天气怎么样", "那个那个", "为什么", "？"),
    "网站名称叫绿叶书屋可以吗",
)
CHOICES = tuple(term.name for term in KB.terms if term.group in ("change_type", "subject_kind", "item"))
EVENTS = tuple(
    event if isinstance(event, str) else event["payload"] for event in KB.phrases["which_type"]["events"]
)
PHRASES = st.one_of(
    st.sampled_from(GUIDE),
    st.sampled_from(GUIDE),
    st.sampled_from(STEERING),
    st.sampled_from((*CHOICES, *EVENTS)),
    st.sampled_from(tuple(KB.questions)),
)
# A number is the place of a button of the last answer.
CLICKS = st.integers(0, 5)


def hold(talk, sender, steps):
    """Say or click everything; each time there is one answer, and it is none of an error."""
    buttons, said = [], []
    for step in steps:
        if isinstance(step, int):
            step = buttons[step % len(buttons)]["payload"] if buttons else OPENING
        said.append(step)
        reply = talk.ask(step, sender)
        assert reply["custom"]["status"] != "error", said
        buttons = reply.get("buttons") or []
    reply = talk.ask("管局审核要多久", sender)
    assert "timeline.review" in reply["custom"]["facts"], said


@pytest.mark.parametrize(
    "steps",
    [
        (OPENING, OPENING),
        (OPENING, "继续准备清单", "继续准备清单"),
        (OPENING, "主体信息变更", OPENING, "企业", OPENING, "今天", OPENING),
        (OPENING, "网站信息变更", OPENING, "网站名称", "继续准备清单", "不清楚"),
    ],
)
def test_asking_for_the_list_while_it_is_made_asks_on(talk, steps):
    hold(talk, f"guide-{steps}", steps)


def test_the_question_at_hand_is_asked_again(talk):
    *_, second, third = talk.converse(OPENING, "主体信息变更", OPENING)
    assert [button["title"] for button in third["buttons"]] == ["企业", "个人"]
    assert second["buttons"] == third["buttons"]


SENDERS = iter(range(10_000))


@given(steps=st.lists(st.one_of(PHRASES, PHRASES, CLICKS), min_size=30, max_size=30))
@settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
def test_no_sequence_of_buttons_and_phrases_breaks_a_conversation(talk, steps):
    hold(talk, f"sequence-{next(SENDERS)}", steps)


def test_every_intent_has_its_rule():
    """One without is left to the fallback, which Rasa predicts again and again."""
    reader = YAML(typ="safe", pure=True)
    domain = reader.load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    rules = reader.load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    covered = {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}
    assert covered == set(domain["intents"])
    assert not [rule["rule"] for rule in rules if "condition" in rule], "the guide is the dialogue's own"
