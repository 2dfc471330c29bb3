"""What a rule decides of what is put forward: the verdict is in the first words."""

import pytest

from beian.kb import load_knowledge

KB = load_knowledge()
PERSON, PLACE = "notice.responsible_person", "notice.server_locality"


@pytest.mark.parametrize(
    ("text", "ruling"),
    [
        ("网站负责人写我妈的身份证行吗", "person.others_data"),
        ("负责人挂个名可以不", "person.others_data"),
        ("材料是伪造的能过吗", "papers.forged"),
        ("过户和改信息哪个审核快", "review.by_kind"),
        ("超了30天听说没人管，真的假的", "deadline.overdue"),
        ("换服务器的话解析什么时候能切", "access.after_approval_only"),
        ("公司和网站的信息跟备案时一模一样，都没变，备案要不要动", "definition.unchanged"),
        ("网站和公司啥都没变，还要不要报", "definition.unchanged"),
    ],
)
def test_the_rule_decides(answer, text, ruling):
    reply, _ = answer(text)
    assert KB.phrase("rulings", ruling) in reply.text
    assert reply.status == "answered"
    assert {fact for one in KB.rulings.cases if one.id == ruling for fact in one.facts} & set(reply.facts)


@pytest.mark.parametrize("text", ["对网站负责人有什么要求", "网站负责人要满多少岁"])
def test_what_puts_nothing_forward_is_told_the_rule(answer, text):
    reply, _ = answer(text)
    assert reply.facts[0] == PERSON
    assert "不行" not in reply.text


@pytest.mark.parametrize(
    "text", ["公司名没变，就法人换了，备案要不要动", "别的都没变，只换了网站负责人，要报吗"]
)
def test_one_change_beside_what_stays_has_to_be_filed(answer, text):
    reply, _ = answer(text)
    assert KB.phrase("rulings", "definition.unchanged") not in reply.text
    assert any(fact.startswith("type.") for fact in reply.facts)


def test_who_asks_for_the_verdict_alone_gets_it_again(answer):
    said, state = answer("负责人用朋友的身份证登记行吗")
    again, _ = answer("所以到底行不行", after=state)
    assert again.text == said.text
    age, state = answer("负责人17岁可以吗")
    again, _ = answer("那是行还是不行", after=state)
    assert "未满 18" in again.text
    assert len(again.text) < len(age.text)


@pytest.mark.parametrize("case", KB.rulings.cases, ids=lambda case: case.id)
def test_a_ruling_says_what_its_facts_say(case):
    whole = "".join(line for fact in case.facts for _, lines in KB.facts[fact].body for line in lines)
    said = KB.phrase("rulings", case.id)
    assert {sign for sign in said if sign.isdigit()} <= set(whole)


@pytest.mark.parametrize("text", ["审核期间网站能访问吗", "能不能访问，是还是否", "期间会停吗"])
def test_access_while_a_server_changes_gets_its_verdict(answer, text):
    reply, _ = answer("换服务器要什么材料", text)
    assert reply.text.startswith("通常不受影响")
    assert "解析" in reply.text


SWITCHED = "换服务器期间解析要切吗"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("我前天就把DNS切了，网站进不去，咋弄", "把解析指回原服务器"),
        ("是要改回老IP对吗", "要："),
        ("审核还没过，我切早了，得恢复到原来的吧", "要："),
    ],
)
def test_who_switched_too_early_is_told_to_switch_back(answer, text, begins):
    reply, _ = answer(SWITCHED, text)
    assert reply.text.startswith(begins) and reply.facts[0] == "access.server_change"


@pytest.mark.parametrize("text", ["换服务器能不能先切到新服务器", "换服务器，如果提前切了网站会打不开吗"])
def test_who_only_thinks_of_switching_is_not(answer, text):
    reply, _ = answer(text)
    assert not reply.text.startswith(("把解析指回", "要："))


@pytest.mark.parametrize("text", ["负责人年纪大有上限吗", "负责人最大能多少岁"])
def test_no_upper_limit_is_written(answer, text):
    reply, _ = answer(text)
    assert reply.text.startswith("文档没有写年龄上限")


@pytest.mark.parametrize(
    ("before", "text", "verdict"),
    [
        ("我们公司注册在南京，服务器想放在北京，行吗", "所以我这个就不行了？直接说", "不行，不符合"),
        ("我们公司注册在南京，服务器想放在北京，行吗", "那就是不行了呗，北京那台白买了", "不行，不符合"),
        ("服务器换到北京，公司注册在上海", "所以我这个就不行了？直接说", "不行，不符合"),
        ("用朋友的身份证当负责人行吗", "所以我这样是不可以的咯", "不行"),
        ("材料可以p一下吗", "所以我这个就不成了，直说吧", "不行"),
    ],
)
def test_the_verdict_for_the_customers_own_case(answer, before, text, verdict):
    reply, _ = answer(before, text)
    assert reply.text.startswith(verdict)


def test_a_name_that_was_judged_is_judged_again(answer):
    reply, _ = answer("网站想叫中华信鸽网，行吗", "所以我这个名字就不能用了？")
    assert "“中华信鸽网”：不能用" in reply.text and "所以我" not in reply.text


def test_what_puts_another_place_forward_is_judged_anew(answer):
    reply, _ = answer("我们公司注册在南京，服务器想放在北京，行吗", "那我换台南京的机器，就行了吧")
    assert reply.text.startswith("可以，符合")


@pytest.mark.parametrize("text", ["那我这个不行了吗，执照丢了怎么办", "那叫信鸽之家行不行"])
def test_a_question_of_its_own_is_no_verdict_again(answer, text):
    reply, _ = answer("网站想叫中华信鸽网，行吗", text)
    assert "“中华信鸽网”" not in reply.text
