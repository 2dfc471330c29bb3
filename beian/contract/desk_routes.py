"""The agents' addresses, all under /api/desk."""

from __future__ import annotations

from typing import Any, Literal

from beian.contract import desk
from beian.contract.customer import Nothing, Ok
from beian.contract.route import EVENTS, Answer, Method, Need, Parameter, Route

PREFIX = "/api/desk"
_CONVERSATION = "/conversations/{name}"
_DONE = Answer("完成", Ok)
_ROW = Answer("会话现在的样子", desk.RowNow)
_PERIOD = (Parameter("from", str, "从这一天"), Parameter("to", str, "到这一天"))
_AUDIT = (Parameter("agent", str, "谁"), Parameter("action", str, "做了什么"), *_PERIOD)
_CSV = "text/csv"


def _get(name: str, path: str, text: str, answer: Answer, *query: Parameter, need: Need = "agent") -> Route:
    return _route(name, "GET", path, text, answer, need, query=query)


def _post(
    name: str,
    path: str,
    text: str,
    body: Any,
    answer: Answer = _DONE,
    need: Need = "agent",
    refusals: tuple[int, ...] = (),
) -> Route:
    return _route(name, "POST", path, text, answer, need, body=body, refusals=refusals)


def _route(name: str, method: Method, path: str, text: str, answer: Answer, need: Need, **more: Any) -> Route:
    return Route(name, method, PREFIX + path, text, answer, need, **more)


DESK = (
    _get("state", "/state", "有没有账号", Answer("状态", desk.DeskState), need="nothing"),
    _post(
        "login",
        "/login",
        "登录，发 cookie",
        desk.LogIn,
        Answer("账号、校验码、筛选项", desk.Profile),
        "nothing",
        (401,),
    ),
    _get("me", "/me", "自己的账号", Answer("账号、校验码、筛选项", desk.Profile)),
    _post("logout", "/logout", "退出", Nothing),
    _post(
        "logout_everywhere",
        "/logout-everywhere",
        "在所有设备上退出",
        Nothing,
        Answer("结束了几个登录", desk.Ended),
    ),
    _post("password", "/password", "改口令，结束所有登录", desk.NewPassword),
    _get(
        "lookup",
        "/lookup",
        "查询：和助手同一套理解，加上按文字找",
        Answer("结果，好的在前", desk.Found),
        Parameter("q", str, "问什么"),
        Parameter("change_type", str, "只要这种变更的"),
        Parameter("subject_kind", str, "只要这种主体的"),
    ),
    _get(
        "tools",
        "/tools",
        "算日期、查网站名称",
        Answer("结果", desk.ToolAnswer),
        Parameter("kind", Literal["submit", "resubmit", "review", "name"], "算什么"),
        Parameter("given", str, "日子或名称"),
    ),
    _route(
        "events",
        "GET",
        "/events",
        "事件流，见下",
        Answer("事件", media=EVENTS),
        "agent",
        query=(Parameter("open", str, "打开着的会话"), Parameter("after", int, "只要编号大于它的消息")),
        refusals=(404,),
    ),
    _get(
        "conversations",
        "/conversations",
        "列表与搜索",
        Answer("等待、人工、助手、已结束", desk.Listed),
        Parameter("q", str, "搜索"),
        Parameter("modes", str, "只要这些状态的，逗号分隔"),
        Parameter("label", str, "只要有这个标签的"),
        Parameter(
            "after",
            str,
            "上一页末行的时间（等待的用 `since`，其余用 `updated`）与编号，逗号隔开；`modes` 只能有一种",
        ),
        Parameter("before", str, "搜索接着找：上次的 `before`"),
    ),
    _get(
        "colleagues", "/colleagues", "可以转给谁，谁在，谁登记了不在", Answer("能登录的客服", desk.Colleagues)
    ),
    _get(
        "conversation",
        _CONVERSATION,
        "记录、情况、备注、标签；带 `before` 时只有更早的消息",
        Answer("会话", desk.Opened | desk.Earlier),
        Parameter("before", int, "这条消息之前的"),
        Parameter("around", int, "从这条消息前后看起"),
    ),
    _get(
        "suggestions",
        f"{_CONVERSATION}/suggestions",
        "建议回复、没得到回答的问题、客户在不在、变量的值",
        Answer("建议", desk.Suggestions),
    ),
    _post(
        "claim",
        f"{_CONVERSATION}/claim",
        "接手；被人接了是 409 `taken`，那人离开了则可以接",
        desk.Claim,
        _ROW,
        refusals=(409,),
    ),
    _post("transfer", f"{_CONVERSATION}/transfer", "转给同事", desk.Transfer, _ROW, refusals=(409,)),
    _post("queue", f"{_CONVERSATION}/queue", "放回等待列表", Nothing, _ROW, refusals=(409,)),
    _post(
        "correct",
        f"{_CONVERSATION}/case",
        "改正客户的情况：要改的部分，`null` 去掉",
        desk.Correction,
        Answer("改正后的情况", desk.CaseNow),
    ),
    _post(
        "say",
        f"{_CONVERSATION}/messages",
        "回复；同一 `client_id` 只发一次",
        desk.AgentReply,
        Answer("发出的消息", desk.Said),
        refusals=(409,),
    ),
    _post("hand_back", f"{_CONVERSATION}/hand-back", "交还助手", desk.HandBack, _ROW, refusals=(409,)),
    _post("close", f"{_CONVERSATION}/close", "结束", Nothing, _ROW, refusals=(409,)),
    _post("read", f"{_CONVERSATION}/read", "看到了哪里", desk.ReadUpTo),
    _post("add_note", f"{_CONVERSATION}/notes", "写备注", desk.NewNote, Answer("备注", desk.NoteNow)),
    _post(
        "change_labels",
        f"{_CONVERSATION}/labels",
        "加、去标签",
        desk.ChangedLabels,
        Answer("现在的标签", desk.Labels),
    ),
    _get("snippets", "/snippets", "常用语与变量", Answer("全部", desk.Snippets)),
    _post("away", "/away", "自己不在：到什么时候，或回来了", desk.Away),
    _get("numbers", "/numbers", "统计", Answer("按天", desk.Numbers), *_PERIOD),
    _get("numbers_csv", "/numbers.csv", "导出统计", Answer("一天一行", str, _CSV), *_PERIOD),
    _get(
        "behind",
        "/numbers/conversations",
        "数字背后的会话",
        Answer("会话", desk.Rows),
        Parameter("number", str, "哪个数"),
        Parameter("day", str, "哪一天的"),
        *_PERIOD,
    ),
    _get("agents", "/agents", "账号", Answer("全部", desk.Agents), need="admin"),
    _post("add_agent", "/agents", "新建账号", desk.NewAgent, need="admin"),
    _post("change_agent", "/agents/{name}", "改动账号", desk.ChangedAgent, need="admin"),
    _get(
        "knowledge",
        "/knowledge",
        "知识库：正在用的版本，和没有生效的改动",
        Answer("正在用的", desk.KnowledgeShown),
        need="admin",
    ),
    _get("hours", "/hours", "人工时间", Answer("现在有效的", desk.HoursShown), need="admin"),
    _post(
        "change_hours",
        "/hours",
        "改人工时间与放假的日子",
        desk.ChangedHours,
        Answer("改后的", desk.HoursShown),
        "admin",
    ),
    _post(
        "add_snippet", "/snippets", "加一条常用语", desk.NewSnippet, Answer("全部", desk.Snippets), "admin"
    ),
    _post(
        "change_snippet",
        "/snippets/{number}",
        "改或删一条常用语",
        desk.ChangedSnippet,
        Answer("全部", desk.Snippets),
        "admin",
    ),
    _get(
        "audit",
        "/audit",
        "审计记录",
        Answer("新的在前", desk.AuditPage),
        *_AUDIT,
        Parameter("before", int, "上一页末行的序号"),
        need="admin",
    ),
    _get("audit_csv", "/audit.csv", "导出审计记录", Answer("表", str, _CSV), *_AUDIT, need="admin"),
    _get(
        "export_conversation",
        f"{_CONVERSATION}/export",
        "导出所存的一切",
        Answer("各表的行", dict[str, Any]),
        need="admin",
    ),
    _post("delete_conversation", f"{_CONVERSATION}/delete", "删除会话", desk.Confirmation, need="admin"),
)
