import pytest

from beian.dialogue.acts import act
from beian.dialogue.case import Case
from beian.dialogue.render import fact_text
from beian.dialogue.state import State
from beian.nlu.data_check import read_messages
from beian.nlu.labels import kind_of

KNOWN = State(
    case=Case("subject_info", "contact", "individual"),
    labels=("timeline/review",),
    facts=("timeline.review",),
    trail=(("materials.subject_info.individual",),),
)


def test_every_act_of_the_training_data_is_answered(kb):
    acts = {label for _, label in read_messages() if kind_of(label) == "act" and label != "checklist"}
    assert len(acts) > 15
    for label in sorted(acts):
        for state in (State(), KNOWN):
            reply, _ = act(label, state, kb)
            assert reply.text.strip(), label
            assert "{" not in reply.text


@pytest.mark.parametrize("name", ["greet", "thanks", "goodbye", "identity", "presence"])
def test_small_talk(kb, name):
    reply, state = act(f"chitchat/{name}", KNOWN, kb)
    assert (reply.status, reply.text) == ("smalltalk", kb.phrase("smalltalk", name))
    assert state.case == KNOWN.case


def test_whom_one_can_turn_to(kb):
    reply, _ = act("handoff/request", KNOWN, kb)
    assert reply.status == "handoff"
    assert kb.phone in reply.text
    assert "个人 · 主体信息变更 · 联系方式" in reply.extra["summary"]
    assert "审核要多久" in reply.extra["summary"]
    reply, _ = act("handoff/request", State(), kb)
    assert reply.extra["summary"] == ""


def test_a_complaint_offers_what_is_near_then_a_person(kb):
    reply, state = act("feedback/negative", KNOWN, kb)
    assert reply.status == "clarify"
    assert state.choices == kb.facts["timeline.review"].next[:4]
    reply, _ = act("feedback/negative", state, kb)
    assert reply.status == "handoff"


def test_which_type(kb):
    reply, _ = act("which_type", KNOWN, kb)
    assert reply.facts == ("type.subject_info",)
    reply, _ = act("which_type", State(), kb)
    assert reply.status == "clarify"
    assert reply.card["items"] == [button["title"] for button in reply.buttons]


def test_once_more(kb):
    reply, state = act("dialogue/repeat", KNOWN, kb)
    assert reply.facts == KNOWN.facts
    assert state == KNOWN
    assert act("dialogue/repeat", State(), kb)[0].status == "smalltalk"


def test_simpler_is_shorter_and_says_the_same_facts(kb):
    state = State(facts=("materials.subject_info.enterprise",))
    reply, _ = act("dialogue/simplify", state, kb)
    assert reply.facts == state.facts
    assert len(reply.text) < 0.8 * len(fact_text(kb.facts[state.facts[0]]))
    for name in ("营业执照复印件（加盖公章）", "工商变更通知书（如有）", "身份证正反面照片", "联系方式"):
        assert name in reply.text


def test_a_worked_out_answer_is_repeated_and_shortened_as_it_was(kb):
    state = State(
        facts=("timeline.submit_deadline",), said="最晚提交：2026年4月1日\n· 还剩 3 天", brief="还剩 3 天。"
    )
    repeated, kept = act("dialogue/repeat", state, kb)
    assert (repeated.text, repeated.facts, kept) == (state.said, state.facts, state)
    shorter, kept = act("dialogue/simplify", kept, kb)
    assert shorter.text == "简单说：还剩 3 天。"
    assert act("dialogue/repeat", kept, kb)[0].text == state.said


def test_back_goes_one_answer_back(kb):
    reply, state = act("dialogue/back", KNOWN, kb)
    assert reply.facts == ("materials.subject_info.individual",)
    assert state.facts == reply.facts
    assert state.trail == ()
    assert act("dialogue/back", state, kb)[0].status == "smalltalk"


def test_start_over_forgets(kb):
    assert act("dialogue/restart", KNOWN, kb)[1] == State()


def test_yes_takes_the_first_choice(kb):
    state = State(choices=("timeline.review", "access.overview"))
    reply, after = act("dialogue/affirm", state, kb)
    assert reply.facts == ("timeline.review",)
    assert not after.choices
    assert act("dialogue/affirm", State(), kb)[0].status == "smalltalk"


def test_more_offers_what_comes_next(kb):
    reply, _ = act("dialogue/more", KNOWN, kb)
    assert {button["title"] for button in reply.buttons} <= {
        kb.question_of(fact) for fact in kb.facts["timeline.review"].next
    }
    assert act("dialogue/more", State(), kb)[0].buttons


def test_stop(kb):
    assert act("stop", KNOWN, kb)[1].case == KNOWN.case, "what is known stays"
