"""The numbers of a period."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from beian.contract.about import about, described
from beian.contract.desk.words import Count


@described("一个数")
class NumberShown(TypedDict):
    """A number, what it is a share of, and by day."""

    value: float | None
    of: int | None
    by_day: list[float | None]
    behind: Annotated[int, about("背后有几个会话", minimum=0)]
    before: Annotated[float | None, about("同样长的上一时段")]


@described("一个数叫什么、怎么算")
class FigureShown(TypedDict):
    """What a number is called and how it is counted."""

    id: str
    name: str
    kind: Literal["share", "count", "seconds"]
    about: Annotated[str, about("怎么算")]
    opens: Annotated[str, about("点开是什么")]


@described("一个没答上的主题")
class ThemeCount(TypedDict):
    """How often nobody could answer a theme."""

    id: str
    title: str
    count: Count
    texts: Annotated[list[str], about("原话")]


@described("一条事实的评价")
class ThumbCount(TypedDict):
    """What customers think of a fact's answers."""

    id: str
    title: str
    up: Count
    down: Count


@described("一条没有用到的事实")
class NeverUsed(TypedDict):
    """A fact that nobody was told."""

    id: str
    title: str


@described("一个时段的数")
class Numbers(TypedDict):
    """The numbers of a period."""

    days: list[str]
    numbers: dict[str, NumberShown]
    figures: list[FigureShown]
    headlines: Annotated[list[str], about("排在最前面的数")]
    hours: Annotated[dict[str, list[int]], about("按一天里的小时")]
    themes: Annotated[list[ThemeCount], about("没答上的问题")]
    thumbs: Annotated[list[ThumbCount], about("按事实的评价")]
    never: Annotated[list[NeverUsed], about("没有用到的事实")]
