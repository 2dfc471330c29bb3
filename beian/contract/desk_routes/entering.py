"""Logging in, looking up, and what happens as it happens."""

from __future__ import annotations

from typing import Literal

from beian.contract import desk
from beian.contract.customer import Nothing
from beian.contract.desk_routes.describe import desk_route, get, post
from beian.contract.route import EVENTS, Answer, Parameter

ENTERING = (
    get("state", "/state", "有没有账号", Answer("状态", desk.DeskState), need="nothing"),
    post(
        "login",
        "/login",
        "登录，发 cookie",
        desk.LogIn,
        Answer("账号、校验码、筛选项", desk.Profile),
        "nothing",
        (401,),
    ),
    get("me", "/me", "自己的账号", Answer("账号、校验码、筛选项", desk.Profile)),
    post("logout", "/logout", "退出", Nothing),
    post(
        "logout_everywhere",
        "/logout-everywhere",
        "在所有设备上退出",
        Nothing,
        Answer("结束了几个登录", desk.Ended),
    ),
    post("password", "/password", "改口令，结束所有登录", desk.NewPassword),
    get(
        "lookup",
        "/lookup",
        "查询：和助手同一套理解，加上按文字找",
        Answer("结果，好的在前", desk.Found),
        Parameter("q", str, "问什么"),
        Parameter("change_type", str, "只要这种变更的"),
        Parameter("subject_kind", str, "只要这种主体的"),
    ),
    get(
        "tools",
        "/tools",
        "算日期、查网站名称",
        Answer("结果", desk.ToolAnswer),
        Parameter("kind", Literal["submit", "resubmit", "review", "name"], "算什么"),
        Parameter("given", str, "日子或名称"),
    ),
    desk_route(
        "events",
        "GET",
        "/events",
        "事件流，见下",
        Answer("事件", media=EVENTS),
        "agent",
        query=(Parameter("open", str, "打开着的会话"), Parameter("after", int, "只要编号大于它的消息")),
        refusals=(404,),
    ),
)
