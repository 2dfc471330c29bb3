"""The team: replies, hours, numbers, accounts and the log."""

from __future__ import annotations

from typing import Any

from beian.contract import desk
from beian.contract.desk_routes.describe import AUDIT, CONVERSATION, CSV, PERIOD, get, post
from beian.contract.route import Answer, Parameter

TEAM = (
    get("snippets", "/snippets", "常用语与变量", Answer("全部", desk.Snippets)),
    post("away", "/away", "自己不在：到什么时候，或回来了", desk.Away),
    get("numbers", "/numbers", "统计", Answer("按天", desk.Numbers), *PERIOD),
    get("numbers_csv", "/numbers.csv", "导出统计", Answer("一天一行", str, CSV), *PERIOD),
    get(
        "behind",
        "/numbers/conversations",
        "数字背后的会话",
        Answer("会话", desk.Rows),
        Parameter("number", str, "哪个数"),
        Parameter("day", str, "哪一天的"),
        *PERIOD,
    ),
    get("agents", "/agents", "账号", Answer("全部", desk.Agents), need="admin"),
    post("add_agent", "/agents", "新建账号", desk.NewAgent, need="admin"),
    post("change_agent", "/agents/{name}", "改动账号", desk.ChangedAgent, need="admin"),
    get(
        "knowledge",
        "/knowledge",
        "知识库：正在用的版本，和没有生效的改动",
        Answer("正在用的", desk.KnowledgeShown),
        need="admin",
    ),
    get("hours", "/hours", "人工时间", Answer("现在有效的", desk.HoursShown), need="admin"),
    post(
        "change_hours",
        "/hours",
        "改人工时间与放假的日子",
        desk.ChangedHours,
        Answer("改后的", desk.HoursShown),
        "admin",
    ),
    post("add_snippet", "/snippets", "加一条常用语", desk.NewSnippet, Answer("全部", desk.Snippets), "admin"),
    post(
        "change_snippet",
        "/snippets/{number}",
        "改或删一条常用语",
        desk.ChangedSnippet,
        Answer("全部", desk.Snippets),
        "admin",
    ),
    get(
        "audit",
        "/audit",
        "审计记录",
        Answer("新的在前", desk.AuditPage),
        *AUDIT,
        Parameter("before", int, "上一页末行的序号"),
        need="admin",
    ),
    get("audit_csv", "/audit.csv", "导出审计记录", Answer("表", str, CSV), *AUDIT, need="admin"),
    get(
        "export_conversation",
        f"{CONVERSATION}/export",
        "导出所存的一切",
        Answer("各表的行", dict[str, Any]),
        need="admin",
    ),
    post("delete_conversation", f"{CONVERSATION}/delete", "删除会话", desk.Confirmation, need="admin"),
)
