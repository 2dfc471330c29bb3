"""The list, and one conversation."""

from __future__ import annotations

from beian.contract import desk
from beian.contract.customer import Nothing
from beian.contract.desk_routes.describe import CONVERSATION, ROW, get, post
from beian.contract.route import Answer, Parameter

CONVERSATIONS = (
    get(
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
    get(
        "colleagues", "/colleagues", "可以转给谁，谁在，谁登记了不在", Answer("能登录的客服", desk.Colleagues)
    ),
    get(
        "conversation",
        CONVERSATION,
        "记录、情况、备注、标签；带 `before` 时只有更早的消息",
        Answer("会话", desk.Opened | desk.Earlier),
        Parameter("before", int, "这条消息之前的"),
        Parameter("around", int, "从这条消息前后看起"),
    ),
    get(
        "suggestions",
        f"{CONVERSATION}/suggestions",
        "建议回复、没得到回答的问题、客户在不在、变量的值",
        Answer("建议", desk.Suggestions),
    ),
    post(
        "claim",
        f"{CONVERSATION}/claim",
        "接手；被人接了是 409 `taken`，那人离开了则可以接",
        desk.Claim,
        ROW,
        refusals=(409,),
    ),
    post("transfer", f"{CONVERSATION}/transfer", "转给同事", desk.Transfer, ROW, refusals=(409,)),
    post("queue", f"{CONVERSATION}/queue", "放回等待列表", Nothing, ROW, refusals=(409,)),
    post(
        "correct",
        f"{CONVERSATION}/case",
        "改正客户的情况：要改的部分，`null` 去掉",
        desk.Correction,
        Answer("改正后的情况", desk.CaseNow),
    ),
    post(
        "say",
        f"{CONVERSATION}/messages",
        "回复；同一 `client_id` 只发一次",
        desk.AgentReply,
        Answer("发出的消息", desk.Sent),
        refusals=(409,),
    ),
    post("hand_back", f"{CONVERSATION}/hand-back", "交还助手", desk.HandBack, ROW, refusals=(409,)),
    post("close", f"{CONVERSATION}/close", "结束", Nothing, ROW, refusals=(409,)),
    post("read", f"{CONVERSATION}/read", "看到了哪里", desk.ReadUpTo),
    post("add_note", f"{CONVERSATION}/notes", "写备注", desk.NewNote, Answer("备注", desk.NoteNow)),
    post(
        "change_labels",
        f"{CONVERSATION}/labels",
        "加、去标签",
        desk.ChangedLabels,
        Answer("现在的标签", desk.Labels),
    ),
)
