"""What a message says not to ask for is no meaning of it."""

import pytest

from beian.meaning.state import Discourse, Matter
from beian.reading.not_asked import denies_asking, is_not

DEADLINE = "timeline.submit_deadline"
IN_HAND = Discourse(stated=(DEADLINE,), focus=Matter("subject_info", "company_name", "enterprise"))


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("没问期限，我问网站能不能打开", "access."),
        ("我不是问期限，是想知道审核要几天", "timeline.review"),
        ("没问最晚哪天，问的是要交哪些材料", "materials."),
    ],
)
def test_the_other_part_is_meant(hear, text, aspect):
    targets = hear(text, IN_HAND).meaning.targets
    assert DEADLINE not in targets
    assert all(target.startswith(aspect) for target in targets)
    assert targets


def test_without_a_denial_both_parts_are_meant(hear):
    targets = hear("最晚哪天交，办的时候网站能不能打开", IN_HAND).meaning.targets
    assert DEADLINE in targets
    assert len(targets) > 1


@pytest.mark.parametrize("clause", ["不是说三十天吗", "没说要盖章吧"])
def test_who_doubts_does_not_deny(clause):
    assert not denies_asking(clause)


def test_what_is_not_meant_stands_beside_what_is():
    said = ["我问的是逾期的后果", "不是审核暂停"]
    assert is_not(said[1], said)
    assert not is_not(said[0], said)
    assert not is_not("不是法人", ["换的是负责人", "不是法人"])
    assert not is_not("不是要盖章吗", ["我问的是执照", "不是要盖章吗"])
