"""Who asks if a rule was understood rightly is told so in the first word."""

import pytest

from beian.answers.confirmed import confirms
from beian.kb import load_knowledge

KB = load_knowledge()


@pytest.mark.parametrize(
    ("asked", "text", "says"),
    [
        ("换服务器，域名解析什么时候改", "也就是说没批下来之前解析不能动，对吧", "yes"),
        ("换服务器，域名解析什么时候改", "所以是审核没过之前就可以切解析，对吧", "no"),
        ("审核要多久", "意思是最慢二十个工作日对吧", "usually"),
        ("对网站负责人有什么要求", "也就是说满18岁就行，是吧", "partly"),
        ("驳回后多久内要重新提交", "就是说超过30天得重新备案？", "perhaps"),
    ],
)
def test_the_rule_confirms_or_not(answer, asked, text, says):
    reply, _ = answer(asked, text)
    assert reply.text.startswith(KB.phrase("confirmed", says, said="").rstrip())


def test_an_order_is_the_facts_own(answer):
    reply, _ = answer("驳回原因：1.域名持有者与主体不一致 2.姓名填错", "要先过户再交还是一起")
    assert reply.text.startswith("先过户")
    assert reply.facts[0] == "rejection.domain_mismatch"


@pytest.mark.parametrize("text", ["网站名能带中国吗", "要满18岁吗", "解析什么时候切", "归纳一下"])
def test_what_confirms_nothing(text):
    assert not confirms(text)


@pytest.mark.parametrize("case", KB.rulings.confirmed, ids=lambda case: f"{case.facts[0]}-{case.says}")
def test_every_confirmation_is_worded_and_can_be_met(case):
    assert case.says in KB.phrases["confirmed"]
    words = "".join(group[0] for group in case.names)
    assert case.decides(words) or case.unless
