"""Logging in, and what the page is told of who is there."""

from typing import Annotated

from typing_extensions import TypedDict

from beian.contract.about import about, described
from beian.contract.customer import HoursNow, Limits
from beian.contract.desk.words import Count, Role, Term


class DeskState(TypedDict):
    """What the desk is before anybody logs in."""

    title: str
    accounts: Annotated[bool, about("有没有账号")]


class LogIn(TypedDict):
    """Who wants in."""

    name: str
    password: str


class NewPassword(TypedDict):
    """The password of now and the one to be."""

    old: str
    new: str


class Ended(TypedDict):
    """How many log-ins were ended."""

    ended: Count


@described("账号、校验码、筛选项")
class Profile(HoursNow):
    """Who is logged in, and what the page needs to know."""

    name: str
    role: Role
    csrf: Annotated[str, about("改动时放在 `X-CSRF` 头里")]
    away_until: Annotated[float | None, about("登记了不在，到何时")]
    change_types: list[Term]
    subject_kinds: list[Term]
    items: list[Term]
    facts: Annotated[dict[str, str], about("事实的标题")]
    originals: Annotated[list[str], about("有流程文档原文可看的事实")]
    limits: Limits
