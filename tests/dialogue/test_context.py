"""What a message means where the conversation tells more than its words: one row for each rule, and the
messages that a rule must leave alone."""

from datetime import date

import pytest

from beian.dialogue.case import Case
from beian.dialogue.context import in_conversation
from beian.dialogue.mentions import Mentions
from beian.dialogue.state import EVENT, State
from beian.dialogue.wording import changes_of

TODAY = date(2026, 11, 10)
AFTER = {
    "nothing": State(),
    "deadline": State(labels=("timeline/submit_deadline",), facts=("timeline.submit_deadline",)),
    "review": State(labels=("timeline/review",), facts=("timeline.review",)),
    "rejection": State(labels=("rejection/resubmit",), facts=("rejection.resubmit",)),
    "reasons": State(facts=("rejection.naming", "rejection.info_mismatch")),
    "type": State(facts=("type.subject_info",), case=Case("subject_info", "registered_address")),
    "naming": State(labels=("notice/naming",), facts=("notice.naming",)),
    "resolving": State(labels=("access/server_change",), facts=("access.server_change",)),
    "person": State(facts=("notice.responsible_person",), case=Case("website_info", "responsible_person")),
    "server": State(case=Case("website_info", "server"), facts=("materials.website_info.server",)),
    "what happened": State(awaiting=EVENT),
}


@pytest.fixture
def meant(turn, kb):
    def read(before, text, *labels, outcome="answer", confidence=0.5, questions=1):
        message = turn(text, *labels, outcome=outcome, confidence=confidence)
        message.understanding["questions"] = labels[:questions]
        message.understanding["ranking"] = [(label, 0.4) for label in labels]
        mentions = Mentions.of(message.entities, message.text)
        found = in_conversation(message, AFTER[before], mentions, TODAY, kb)
        return "same" if found is message else " ".join(found.labels) or found.outcome

    return read


@pytest.mark.parametrize(
    ("before", "text", "label", "means"),
    [
        ("what happened", "网站负责人换了", "materials/website_info.responsible_person", "type/website_info"),
        ("what happened", "我们把公司转出去了", "materials/subject_transfer", "type/subject_transfer"),
        ("deadline", "超过了会怎样", "procedure/review", "timeline/submit_deadline"),
        ("rejection", "昨天收到的通知", "uncovered/progress_check", "timeline/resubmit_deadline"),
        ("rejection", "最晚几号交", "out_of_scope/general", "timeline/resubmit_deadline"),
        ("nothing", "最晚几号交", "out_of_scope/general", "timeline/submit_deadline"),
        ("nothing", "上周换的负责人,还来得及吗", "type/website_info", "timeline/submit_deadline"),
        ("resolving", "切了会怎样", "procedure/review", "access/server_change"),
        ("type", "什么类型", "overview/types", "type/subject_info"),
        ("deadline", "那是几号", "out_of_scope/general", "timeline/submit_deadline"),
        ("naming", "为什么不行", "rejection/overview", "notice/naming"),
        ("reasons", "第二个怎么改", "type/add_website", "rejection/info_mismatch"),
        ("nothing", "第三步呢", "procedure/overview", "procedure/submit"),
        ("nothing", "管局通过了,现在要做啥", "procedure/review", "procedure/after_approval"),
        ("nothing", "材料备好了在哪里办", "procedure/submit", "procedure/login"),
        ("nothing", "换法人哪天前要提交", "timeline/review", "timeline/submit_deadline"),
        ("person", "用别人的身份证行不行", "notice/authenticity", "notice/responsible_person"),
        ("server", "换到杭州节点要啥", "out_of_scope/general", "materials/website_info.server"),
        ("server", "那搬到杭州呢", "out_of_scope/general", "notice/server_locality"),
        ("review", "节假日算不算", "uncovered/expedite", "timeline/review"),
        ("nothing", "法人换成老板的弟弟了", "type/subject_transfer", "type/subject_info"),
        ("nothing", "你这答的什么玩意", "chitchat/capabilities", "feedback/negative"),
        ("nothing", "我要投诉", "contact/support", "handoff/request"),
        ("rejection", "最迟哪天", "timeline/submit_deadline", "timeline/resubmit_deadline"),
        ("server", "换到北京呢", "uncovered/cross_province", "notice/server_locality"),
        ("nothing", "网站名称和公司名称都改了，分别属于什么", "uncovered/naming_ideas", "type/website_info"),
        ("nothing", "那要材料吗", "procedure/submit", "materials/overview"),
        ("nothing", "我是单位的", "chitchat/identity", "materials/overview"),
        ("nothing", "博客改成商城，要报备案吗", "uncovered/content_type_materials", "type/website_info"),
        ("nothing", "备案那个事情", "uncovered/first_filing", "not_understood"),
        ("nothing", "退回:没传执照、网站名含中国字样", "uncovered/pre_approval", "rejection/overview"),
    ],
)
def test_the_conversation_tells_more(meant, before, text, label, means):
    outcome = {"uncovered": "uncovered", "out_of_scope": "out_of_scope", "chitchat": "act"}
    base = label.partition("/")[0]
    assert meant(before, text, label, outcome=outcome.get(base, "answer")) == means


@pytest.mark.parametrize(
    ("before", "text", "label", "outcome"),
    [
        ("nothing", "超过了会怎样", "procedure/review", "answer"),
        ("deadline", "超过会罚多少", "uncovered/fines_detail", "uncovered"),
        ("deadline", "身份证过期会怎样", "materials/subject_info.individual", "answer"),
        ("nothing", "为什么不行", "rejection/overview", "answer"),
        ("nothing", "第二个怎么改", "type/add_website", "answer"),
        ("nothing", "什么类型", "overview/types", "answer"),
        ("type", "一共有哪些类型", "overview/types", "answer"),
        ("nothing", "那是几号", "out_of_scope/general", "out_of_scope"),
        ("nothing", "20号交的最晚啥时候出结果", "timeline/review", "answer"),
        ("rejection", "信息变了最迟哪天报", "timeline/submit_deadline", "answer"),
        ("nothing", "公司从杭州迁到北京", "uncovered/cross_province", "uncovered"),
        ("nothing", "要材料原件吗", "uncovered/material_format", "uncovered"),
        ("nothing", "通过了吗", "procedure/review", "answer"),
        ("nothing", "谁来决定通过", "procedure/review", "answer"),
        ("nothing", "法人换了公司也卖了", "type/subject_transfer", "answer"),
        ("nothing", "用别人的身份证行不行", "notice/authenticity", "answer"),
        ("what happened", "怎么判断是哪种", "type/website_info", "answer"),
        ("nothing", "网站那个怎么弄", "type/website_info", "answer"),
        ("nothing", "你是个人还是机器", "chitchat/identity", "act"),
        ("nothing", "博客改成商城要什么材料", "uncovered/content_type_materials", "uncovered"),
    ],
)
def test_what_is_plain_stays_as_it_is(meant, before, text, label, outcome):
    assert meant(before, text, label, outcome=outcome) == "same"


def test_two_readings_of_one_question(meant):
    transfer, subject = "type/subject_transfer", "type/subject_info"
    assert meant("nothing", "法人换人了属于什么变更", transfer, subject) == subject
    assert meant("nothing", "昨天改的公司名哪天前要交", "timeline/submit_deadline", subject) == (
        "timeline/submit_deadline"
    )
    assert (
        meant("nothing", "要提交什么材料", "materials/overview", "procedure/submit") == "materials/overview"
    )
    assert meant("nothing", "法人换了要啥", "type/subject_info", "materials/subject_info.enterprise") == (
        "materials/subject_info.enterprise"
    )
    times = ("timeline/review", "timeline/submit_deadline")
    assert meant("nothing", "周三换的", *times) == "timeline/submit_deadline"
    assert meant("nothing", "周三提交的", *times) == "timeline/review"
    person = ("notice/responsible_person", "timeline/review")
    assert meant("person", "还差一个月满18", *person) == "notice/responsible_person"
    # two questions are two questions
    assert meant("nothing", "法人换人了属于什么变更", transfer, subject, questions=2) == "same"


def test_the_changes_that_labels_are_for(turn, kb):
    assert changes_of(turn("x", "materials/website_info.server"), kb) == {"website_info"}
    assert changes_of(turn("x", "timeline/review"), kb) == set()
    assert changes_of(turn("x", "type/subject_info", outcome="ask"), kb) == set()
