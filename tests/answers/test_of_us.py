"""What is wanted of the assistant itself."""

import pytest

from beian.hearing.of_us import asks_for_our_word, asks_for_the_number


@pytest.mark.parametrize(
    "text",
    [
        "贵处可否出具书面答复并加盖印章，以供我司存档？",
        "此问与材料无涉。请问可否获取书面答复？",
        "你这个回答能盖个章发我吗",
        "我可以在合同里引用你的答复吗",
        "你们能出正式函吗",
        "你能开证明吗，证明你是这么答的",
    ],
)
def test_no_answer_in_writing(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert reply.text.startswith("不能") and "自动问答程序" in reply.text and "工单" in reply.text
    assert reply.facts == ("contact.support",)


@pytest.mark.parametrize(
    "text",
    [
        "书面材料有哪些",
        "过户协议要盖章吗",
        "承诺书要书面的吗",
        "给个官方说法，什么是备案变更",
        "管局会给书面答复吗",
        "要我们出具书面说明吗",
        "驳回回复里说要盖章怎么办",
    ],
)
def test_papers_of_others_are_no_word_of_ours(text):
    assert not asks_for_our_word(text)


@pytest.mark.parametrize(
    "text", ["算了，你把电话给我", "给个号码我自己打", "电话发我", "得了，说个电话吧", "留个电话给我"]
)
def test_the_number(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert reply.facts == ("contact.support",) and "951-880-2299" in reply.text


@pytest.mark.parametrize(
    "text", ["新的联系电话要交吗", "电话要不要给", "手机号换了", "负责人电话给错了怎么办", "把材料发我"]
)
def test_a_number_of_the_case_is_another(text):
    assert not asks_for_the_number(text)
