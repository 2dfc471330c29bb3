"""A paper that the list marks 如有 and a notice asks for: one answer from both."""

import pytest

NOTICE = "驳回原因：①网站名称“绿叶书屋”不符合要求②营业执照变更通知书未上传"
LIST, REASON = "materials.subject_info.enterprise", "rejection.materials_incomplete"


@pytest.mark.parametrize(
    "text", ["②那个通知书我们没有怎么办", "没有这个文件能不能不补", "清单上不是写着“如有”吗"]
)
def test_both_facts_and_no_list(answer, text):
    reply, _ = answer(NOTICE, text)
    assert "如有" in reply.text and "按提示补" in reply.text
    assert {LIST, REASON} <= set(reply.facts)
    assert "身份证" not in reply.text


def test_a_paper_without_the_mark_has_to_be_given(answer):
    reply, _ = answer("驳回原因：1.承诺书未上传 2.姓名填错", "承诺书能不能不补")
    assert "如有" not in reply.text


def test_without_a_notice_the_list_alone_speaks(answer):
    reply, _ = answer("公司改名要什么材料", "工商通知书没有可以不交吗")
    assert reply.text.startswith("不是人人必交")


@pytest.mark.parametrize(
    ("asked", "text", "name"),
    [
        ("主体过户要哪些材料", "那身份证呢", "身份证"),
        ("换网站负责人要什么材料", "营业执照呢", "营业执照"),
        ("换服务器要什么材料", "那户口本呢", "户口本"),
    ],
)
def test_what_is_asked_after_and_not_in_the_list(answer, asked, text, name):
    told, state = answer(asked)
    reply, _ = answer(text, after=state)
    assert f"没有要求{name}" in reply.text
    assert told.facts[0] in reply.facts
    assert not any(line.startswith("·") for line in reply.text.splitlines())


def test_what_is_in_it_is_said_to_be(answer):
    reply, _ = answer("公司改名要什么材料", "那身份证呢")
    assert "法定代表人身份证" in reply.text and "执照" not in reply.text


def test_what_another_line_wants_is_no_paper(answer):
    """域名不过户 goes without the transfer of the domain, and without no paper."""
    reply, _ = answer(
        "被驳回了，执照没盖章，域名还在老板个人名下，先弄哪个", "我问能不能只补盖章先交，域名不过户"
    )
    assert reply.facts == ("rejection.domain_mismatch",)
