"""Every address that programs use, but for the desk's (desk_routes.py)."""

from __future__ import annotations

from beian.contract import customer
from beian.contract.reply import Reply
from beian.contract.route import EVENTS, JSON, Answer, Need, Parameter, Route

_AFTER = Parameter("after", int, "只要编号大于它的消息")
_DONE = Answer("已记下", customer.Ok)
_TEXT = {"md": "text/markdown", "txt": "text/plain", "ics": "text/calendar"}


def _file(name: str, kind: str, text: str) -> Route:
    path = f"/api/messages/{{number}}/checklist.{kind}"
    return Route(name, "GET", path, text, Answer("文件", str, _TEXT[kind]), "session")


CUSTOMER = (
    Route(
        "sessions",
        "POST",
        "/api/sessions",
        "新的会话",
        Answer("会话令牌", customer.NewSession, status=201),
        body=customer.Nothing,
    ),
    Route(
        "config",
        "GET",
        "/api/config",
        "标题、问候语、常见问题、上限，和页面可以告诉助手的情况",
        Answer("设置", customer.Config),
    ),
    Route(
        "questions",
        "GET",
        "/api/questions",
        "联想用的已知问句，可缓存",
        Answer("问句", customer.KnownQuestions),
    ),
    Route(
        "fact",
        "GET",
        "/api/facts/{fact}",
        "就地打开出处：一条事实的说法；给了流程文档时，连同原文",
        Answer("事实", customer.FactText),
    ),
    Route(
        "send",
        "POST",
        "/api/messages",
        "发送一条消息；同一 `client_id` 再发返回同一个号，不会重复处理",
        Answer("已收下", customer.Accepted, status=202),
        "session",
        customer.NewMessage,
    ),
    Route(
        "events",
        "GET",
        "/api/events",
        "事件流，见下",
        Answer("事件", media=EVENTS),
        "session",
        query=(_AFTER, Parameter("Last-Event-ID", int, "断线后由浏览器带上", "header")),
    ),
    Route(
        "history",
        "GET",
        "/api/history",
        "消息记录；一次最多 500 条，用 `last_id` 接着取，直到取空",
        Answer("消息", customer.History),
        "session",
        query=(_AFTER,),
    ),
    Route(
        "feedback",
        "POST",
        "/api/feedback",
        "评价一条回答；`value` 为 `null` 时撤回",
        _DONE,
        "session",
        customer.Opinion,
        refusals=(404,),
    ),
    Route("ticks", "POST", "/api/ticks", "记住清单勾选", _DONE, "session", customer.Ticks, refusals=(404,)),
    _file("markdown", "md", "清单与期限的下载文件，Markdown"),
    _file("plain", "txt", "清单与期限的下载文件，纯文本"),
    _file(
        "calendar",
        "ics",
        "期限的日历文件；提醒在最后一天的一周前和前一个工作日的 9:00，最后一天不是工作日时按它之前的工作日算",
    ),
    Route(
        "restart",
        "POST",
        "/api/restart",
        "情况清空，从头开始；历史保留，插入一条 `system` 消息",
        Answer("已收下", customer.Accepted, status=202),
        "session",
        customer.Restart,
    ),
    Route(
        "satisfaction",
        "POST",
        "/api/satisfaction",
        "对人工服务是否满意",
        _DONE,
        "session",
        customer.Satisfaction,
        refusals=(404,),
    ),
    Route(
        "may_rate",
        "GET",
        "/api/satisfaction",
        "要不要问对人工服务是否满意",
        Answer("要不要问", customer.AskSatisfaction),
        "session",
    ),
    Route(
        "staffing",
        "GET",
        "/api/staffing",
        "有没有人工客服在，什么时候在",
        Answer("现在的情况", customer.Staffing),
        "session",
        refusals=(404,),
    ),
    Route(
        "context",
        "POST",
        "/api/context",
        "页面所知的情况，值是 `vocabulary` 里的编号，`null` 收回；作为客户已说明的情况，客户后来说的优先",
        _DONE,
        "session",
        customer.PageContext,
    ),
    Route(
        "leave",
        "POST",
        "/api/leave",
        "等候人工的改由助手继续（`bot`），人工服务中的结束（`closed`），其他状态不变",
        Answer("结束之后的状态", customer.ModeNow),
        "session",
        customer.Nothing,
    ),
    Route(
        "forget",
        "POST",
        "/api/forget",
        "从各个存储中删除整段对话；还有没答完的问题时 503，稍后再试",
        Answer("已删除", customer.Ok),
        "session",
        customer.Nothing,
    ),
)
PROGRAMS = (
    Route(
        "webhook",
        "POST",
        "/webhooks/rest/webhook",
        "测试与其他系统：一问一答（Rasa 的 REST 格式）",
        Answer("回答", list[Reply]),
        "key",
        customer.WebhookMessage,
    ),
)


def _operator(
    name: str, text: str, answer: Answer, need: Need = "nothing", also: Answer | None = None
) -> Route:
    return Route(name, "GET", f"/{name}", text, answer, need, has_limits=need != "nothing", also=also)


OPERATORS = (
    _operator("healthz", "进程在运行", Answer("是", customer.Ok)),
    _operator(
        "readyz",
        "可以回答",
        Answer("可以", customer.Ready),
        also=Answer("还不可以", customer.Ready, JSON, 503),
    ),
    _operator("metrics", "Prometheus 指标", Answer("指标", str, "text/plain"), "metrics"),
)
