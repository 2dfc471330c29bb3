"""Long tellings with their question at the end."""

import pytest


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "我们是佛山一家做灯具的小公司，老板娘六月里把担子交给了儿子，执照上个礼拜从窗口领回来了，税务那边也报过，"
            "厂里的章都换了新的。网站别的都没动，只把备案上的法定代表人换成她儿子，请问要备齐哪些东西交上去？",
            "materials.subject_info.enterprise",
        ),
        (
            "舅舅的驾校去年盘给了别人，新东家又嫌麻烦，备案就落到我头上。问过门卫，也问过财务，没有一个说得清。"
            "这个主体过户的协议和申请表，是一家签还是两家都要签？",
            "materials.subject_transfer",
        ),
    ],
)
def test_what_stands_around_a_question_does_not_make_it_foreign(answer, text, fact):
    reply, _ = answer(text)
    assert fact in reply.facts


def test_many_changes_that_are_told_are_not_what_is_asked(answer):
    reply, _ = answer(
        "今年厂里事情多，改名、换法人、换服务器赶到一起了，忙得脚不沾地。领导叫我先别动手，先问清楚备案变更有哪些类型，麻烦列一下都有哪几种？"
    )
    assert reply.facts == ("overview.types",)


@pytest.mark.parametrize(
    "text",
    [
        "我那辆面包车是前年买的，证上还写着我叔的名字。上个月他搬去外地，叫我把车过到自己名下，跑了一趟又给退回来了。"
        "请问车子过户要带哪些材料，多久能办好？",
        "我们小区的老主任退了，账户上的负责人还是他，街道催了两回。这事先放一边，请问维修资金账户换负责人的流程是什么？",
    ],
)
def test_a_long_telling_of_another_subject_stays_foreign(answer, text):
    reply, _ = answer(text)
    assert reply.status == "out_of_scope"
