"""The trees of data/contextual: read with their parents, every fault told with its place."""

import re

import pytest

from beian.meaning.data import MANNERS, ContextualDataError, Line, read_lines

TARGETS = frozenset({"timeline.review", "access.overview", "uncovered/fees", "chitchat/thanks"})
PLACE = re.compile(r"^\[\w+\.txt › 第 \d+ 行\] .*请")


@pytest.fixture
def read(tmp_path):
    def lines(text: str, targets=TARGETS) -> list[Line]:
        (tmp_path / "some.txt").write_text(text, encoding="utf-8")
        return read_lines(tmp_path, targets)

    return lines


def test_the_projects_own_trees_have_no_faults(candidates):
    lines = read_lines(targets=frozenset(candidates.targets))
    assert len(lines) >= 3000
    assert len({line.family for line in lines}) >= 20
    assert {line.manner for line in lines} == set(MANNERS)
    assert sum(line.parent is None for line in lines) >= 300


def test_a_line_and_its_place_in_the_tree(read):
    lines = read(
        "# a comment\n"
        "审核要多久 => timeline.review\n"
        "  会停吗 => access.overview | timeline.review /item\n"
        "\n"
        "    多少钱 => uncovered/fees\n"
        "  谢谢 => chitchat/thanks\n"
        "打得开吗 => access.overview\n"
    )
    assert [line.parent for line in lines] == [None, 0, 1, 0, None]
    assert [line.number for line in lines] == [2, 3, 5, 6, 7]
    assert lines[1] == Line("some", 3, 0, "会停吗", (("access.overview",), ("timeline.review",)), "item")
    assert lines[0].manner == MANNERS[0] == "ask"


def test_meanings_that_belong_together(read):
    [line] = read("多久，会停吗 => timeline.review + access.overview | timeline.review")
    assert line.accept == (("timeline.review", "access.overview"), ("timeline.review",))


def test_parents_are_counted_through_all_files(tmp_path):
    (tmp_path / "a.txt").write_text("甲 => timeline.review\n  乙 => access.overview\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("丙 => timeline.review\n  丁 => access.overview\n", encoding="utf-8")
    lines = read_lines(tmp_path)
    assert [(line.family, line.parent) for line in lines] == [("a", None), ("a", 0), ("b", None), ("b", 2)]
    assert all(lines[line.parent].user in "甲丙" for line in lines if line.parent is not None)


def test_a_message_may_hold_an_arrow_and_a_slash(read):
    [line] = read("A => B 和 /C 一样吗 => timeline.review /compare")
    assert (line.user, line.manner) == ("A => B 和 /C 一样吗", "compare")


def test_other_files_are_left_alone(tmp_path):
    (tmp_path / "notes.md").write_text("这不是语料", encoding="utf-8")
    assert read_lines(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("没有箭头", "应写作"),
        (" => timeline.review", "应写作"),
        ("   三个空格 => timeline.review", "缩进"),
        ("  没有上一句 => timeline.review", "缩进"),
        ("上一句 => timeline.review\n    隔了一层 => timeline.review", "缩进"),
        ("问 => timeline.review /shout", "没有 shout 这种方式"),
        ("问 => timeline.gone", "没有 timeline.gone 这个含义"),
        ("问 => timeline.review + access.gone", "没有 access.gone 这个含义"),
        ("问 => timeline.review | uncovered/gone /why", "没有 uncovered/gone 这个含义"),
        ("问 => ", "应写作"),
        ("问 => timeline.review | ", "这个含义"),
    ],
)
def test_a_fault_is_told_with_its_place(read, text, said):
    with pytest.raises(ContextualDataError) as caught:
        read(text)
    [problem] = caught.value.problems
    assert PLACE.match(problem), problem
    assert said in problem
    assert f"第 {len(text.splitlines())} 行" in problem


def test_all_faults_are_told_at_once(read):
    with pytest.raises(ContextualDataError) as caught:
        read("没有箭头\n问 => gone\n   空格 => timeline.review\n好 => timeline.review\n")
    assert len(caught.value.problems) == 3
    assert str(caught.value).count("\n") == 2


def test_without_targets_any_is_taken(read):
    assert read("问 => whatever", targets=None)[0].accept == (("whatever",),)
