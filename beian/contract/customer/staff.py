"""Whether people are there, and when."""

from typing import Annotated

from typing_extensions import TypedDict

from beian.contract.about import about, described


@described("是不是人工时间")
class HoursNow(TypedDict):
    """Whether it is the hours of people, and when those are."""

    open: Annotated[bool, about("是不是人工时间")]
    hours: Annotated[str, about("是哪些时间，给人看的")]
    next: Annotated[str | None, about("下次何时，给人看的")]


@described("有没有人工客服在")
class Attendance(HoursNow):
    """The same, and whether anybody is at the desk."""

    here: Annotated[bool, about("有没有人在工作台前")]


@described("有没有人工客服在，要等多久")
class Staffing(Attendance):
    """The same, and the customer's place among those who wait."""

    ahead: Annotated[int | None, about("等人工时前面还有几位；没在等的是 `null`", minimum=0)]
    wait: Annotated[
        int | None,
        about("近来一般等多少秒：最近 7 天等到了的，最新 50 次的中位数；不到 5 次是 `null`", minimum=0),
    ]
