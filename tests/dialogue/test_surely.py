"""What a message was surely read as: later steps leave it, whatever words it shares with what was said."""

from dataclasses import replace

import pytest

from beian.dialogue.surely import kept
from beian.meaning.state import Discourse

# Right after the end of a deadline was told, which speaks of 注销 and 罚款 as well.
AFTER_THE_END = ("公司改名一直没去报，会怎么样", "网站会被注销吗")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("另外有个老域名不用了，要注销它的备案怎么办", "type.cancel_website"),
        ("那负责人换成我爱人要交哪些材料", "materials.website_info.responsible_person"),
        ("被驳回了，说名称里有国家俩字，怎么改", "rejection.naming"),
    ],
)
def test_another_question_is_not_taken_for_the_last_statement(answer, text, fact):
    reply, _ = answer(*AFTER_THE_END, text)
    assert fact in reply.facts


def test_an_open_theme_is_not_taken_for_the_last_statement(answer):
    reply, _ = answer(*AFTER_THE_END, "那注销网站要准备什么材料")
    assert reply.extra.get("theme") == "cancel_website_materials"


def test_a_step_that_loses_a_sure_question_is_undone(hear, kb):
    read = hear("换网站负责人要哪些材料", Discourse())
    lost = replace(read, meaning=replace(read.meaning, targets=("timeline.review",)))
    assert read.meaning.chance > 0.8
    assert kept(read, lost, kb).meaning == read.meaning


def test_a_step_may_answer_for_another_case_or_what_was_waited_for(hear, kb):
    read = hear("我是公司，改主体信息要哪些材料", Discourse())
    other = replace(read, meaning=replace(read.meaning, targets=("materials.subject_info.individual",)))
    assert kept(read, other, kb) is other
    waited = replace(read, meaning=replace(read.meaning, targets=("timeline.review",), manner="answer"))
    assert kept(read, waited, kb) is waited


def test_an_unsure_reading_may_be_taken_for_something_else(hear, kb):
    read = hear("换网站负责人要哪些材料", Discourse())
    target = read.meaning.targets[0]
    read = replace(read, meaning=replace(read.meaning, chance=0.4, ranking=((target, 0.4),)))
    taken = replace(read, meaning=replace(read.meaning, targets=("timeline.review",)))
    assert kept(read, taken, kb) is taken


def test_less_is_enough_where_its_own_words_say_the_same(hear, kb):
    read = hear("负责人换成我妹，得交哪些材料呀", Discourse())
    target = read.meaning.targets[0]
    assert read.meaning.itself[0] == target
    half = replace(read, meaning=replace(read.meaning, chance=0.5, ranking=((target, 0.5),)))
    lost = replace(half, meaning=replace(half.meaning, targets=("timeline.review",)))
    assert kept(half, lost, kb).meaning == half.meaning
    other = replace(half, meaning=replace(half.meaning, itself=("timeline.review", 0.9)))
    assert kept(other, lost, kb) is lost


def test_what_a_sentence_asks_by_itself_is_not_missing_in_the_document(answer):
    reply, _ = answer("网站负责人换成我妹，要准备啥", "材料都拍好了，那接下来在哪里传上去")
    assert "没有写" not in reply.text
    assert {"procedure.submit", "procedure.login"} & set(reply.facts)


def test_who_asks_for_nothing_of_a_list_gets_it_again(answer):
    reply, _ = answer("公司过户要哪些材料", "过户协议要提供吗", "材料你重新完整列一遍")
    assert "过户协议" in reply.text
    assert "没有写" not in reply.text


def test_what_is_supposed_late_is_not_in_time(answer):
    reply, _ = answer("11月2号收到的驳回，最晚哪天重新提交", "要是拖过了12月2号还没弄好，会怎么样")
    assert "来得及" not in reply.text
    assert "重新备案" in reply.text
