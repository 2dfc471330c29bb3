"""Questions about how far one is in the steps."""

import pytest

from beian.hearing.steps import StepAsked, step_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("第三步之后呢", StepAsked(False, 3)),
        ("第二步做完了接着干嘛", StepAsked(False, 2)),
        ("做完第一步接下来呢", StepAsked(False, 1)),
        ("我到第四步了，后面还有几步", StepAsked(True, 4)),
        ("还有几步", StepAsked(True)),
        ("传完材料以后还有几步", StepAsked(True, behind="传完材料")),
        ("那接下来呢", StepAsked(False)),
        ("下一步是什么", StepAsked(False)),
        ("总共几步", None),
        ("第三步是什么", None),
        ("以后还要改怎么办", None),
    ],
)
def test_step_asked(text, asked):
    assert step_asked(text) == asked
