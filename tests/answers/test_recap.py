"""What was said, once more."""

import pytest

SAID = ["换法人要什么材料", "审核要多久"]


@pytest.mark.parametrize(
    "text",
    [
        "给我一个小结",
        "把前面说过的几点列一下",
        "总结一下聊的",
        "最后把我们聊的给我一个给客户的小结",
        "小结，不是材料。把前面说过的几点列一下",
        "今天说了些啥，给个汇总",
        "前头你说的都写个纪要给我",
    ],
)
def test_a_line_each(answer, text):
    reply, state = answer(*SAID, text)
    assert reply.facts == ("materials.subject_info.enterprise", "timeline.review") == state.stated
    assert len(reply.text.splitlines()) == 2 and "3-20个工作日" in reply.text


@pytest.mark.parametrize(
    ("asked", "point"),
    [
        ("备案号会变吗", "变更后备案号是否改变"),
        ("股东变更文档有没有写", "股东变更"),
        ("公证书写没写", "公证书"),
    ],
)
def test_what_is_not_written_is_told_so(answer, asked, point):
    reply, _ = answer(*SAID, asked, "前面聊的概括一下")
    assert reply.text.splitlines()[-1] == f"文档没有写的：{point}。"


def test_a_day_that_was_worked_out(answer):
    reply, _ = answer("公司10月28号换的法人，最晚哪天交", "审核要多久", "把我们聊的整理一下发客户")
    assert "2026年11月27日" in reply.text


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("列一下材料", "materials.subject_info.enterprise"),
        ("上面说的第二个是啥", "materials.subject_info.enterprise"),
    ],
)
def test_what_wants_one_of_them_is_no_recap(answer, text, fact):
    reply, _ = answer("审核要多久", "换法人要什么材料", text)
    assert reply.facts[0] == fact and "审核" not in reply.text


def test_of_one_thing_there_is_no_recap(answer, kb):
    reply, _ = answer("换法人要什么材料", "给我一个小结")
    assert not reply.text.startswith(f"{kb.title_of('materials.subject_info.enterprise')}：")
