import pytest

from beian.text import patterns


@pytest.mark.parametrize("expression", [r"a(?=b)", r"(?<!a)b", r"(.)\1", r"\bword", r"[\W_]", "(", "a\\"])
def test_what_is_not_linear_is_refused(expression):
    with pytest.raises(ValueError):
        patterns.compile(expression)


def test_only_what_must_look_around_may_go_back_and_only_within_bounds():
    assert patterns.backtracking(r"(?<!未)满{1,3}").search("已满").group() == "满"
    for linear in (r"甲+", r"(?:那个|这个|那|个)+$"):
        with pytest.raises(ValueError, match="RE2 can"):
            patterns.backtracking(linear)
    for endless in (r"甲+(?=乙)", r"(?<!丙)(?:甲|乙{2,})", r"(?=甲*乙)", r"(?:甲|乙)*?(?!丙)"):
        with pytest.raises(ValueError, match="bound"):
            patterns.backtracking(endless)
    with pytest.raises(ValueError):
        patterns.backtracking("(?<!甲")


def test_what_is_asked_at_many_places_is_bounded():
    assert patterns.bounded(r"[0-9]{2,4}").match("a123", 1).group() == "123"
    assert patterns.bounded("a$").search("xaxa", 0, 2)
    for endless in ("甲+", "甲*?", "(?:甲|乙{2,})"):
        with pytest.raises(ValueError, match="bound"):
            patterns.bounded(endless)
    with pytest.raises(ValueError):
        patterns.bounded("(甲")


def test_the_tail_of_a_text():
    assert patterns.tail("甲乙丙丁", 3, 2) == "乙丙"
    assert patterns.tail("甲乙", 1) == "甲"
