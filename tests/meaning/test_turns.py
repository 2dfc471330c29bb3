"""The turns that are trained on: the state before each, and single messages in passing."""

from beian.meaning.state import Discourse, Matter
from beian.meaning.turns import in_passing, states_of

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"


def test_the_state_of_a_line_is_made_by_the_lines_before_it(lines, said, kb):
    own = [said(line.user) for line in lines]
    states = {
        (line.number, line.user): state for line, state in zip(lines, states_of(lines, own, kb), strict=True)
    }
    assert states[(1, "提交信息变更有没有期限呀")] == Discourse()
    assert states[(2, "拖久了会咋样呢")].stated == ("timeline.submit_deadline",)
    assert states[(7, "拖久了会咋样呢")].stated == ("timeline.resubmit_deadline",)
    assert states[(7, "拖久了会咋样呢")].phase == "rejected"
    company = states[(11, "要不要盖章呀")]
    assert (company.stated, company.focus) == (
        (COMPANY,),
        Matter("subject_info", "legal_representative", "enterprise"),
    )
    # two lines deep: the individual's list was asked for after the company's
    assert states[(15, "那这个呢")].stated == (PERSON,)
    assert states[(15, "那这个呢")].trail == ((COMPANY,),)


def test_a_complete_question_is_learned_alone_and_in_passing(evidence, said, candidates):
    texts = [f"交了{number}天了管局那边还得审几天呀" for number in range(2, 32)]
    states = [Discourse(stated=(COMPANY,)), Discourse(theme="uncovered/fees")]
    singles = [(evidence(text), said(text), "timeline.review") for text in texts]
    turns = in_passing(singles, states, candidates, weight=0.3)
    assert len(turns) == 60
    assert [turn.state == Discourse() for turn in turns] == [True, False] * 30
    assert {turn.state for turn in turns[1::2]} == set(states)
    assert all(turn.accept == (("timeline.review",),) and turn.weight == 0.3 for turn in turns)
    assert len({turn.family for turn in turns}) == 5
    assert turns[0].family == turns[1].family, "both are left out together"
    assert [turn.state for turn in in_passing(singles, states, candidates)] == [turn.state for turn in turns]


def test_it_is_learned_after_what_it_may_be_mistaken_for_as_well(evidence, said, candidates):
    """Who was answered past the point asks again: what was told is not what is asked."""
    texts = [f"被退回来{number}天了，重新交最晚拖到哪天呀" for number in range(2, 42)]
    mistaken = Discourse(stated=("timeline.submit_deadline",))
    states = [*(Discourse(theme=f"uncovered/{number}") for number in range(99)), mistaken]
    singles = [(evidence(text), said(text), "timeline.resubmit_deadline") for text in texts]
    turns = in_passing(singles, states, candidates)
    after = [turn.state for turn in turns if turn.state == mistaken]
    assert 12 <= len(after) <= 28
