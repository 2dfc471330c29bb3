"""What the parts of the desk's contract have in common. Times are seconds since 1970."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from beian.contract.about import about, described

MOST_LABELS = 12

ACTIONS = {
    "login": "登录",
    "login_failed": "登录失败",
    "login_locked": "登录被锁",
    "logout": "退出",
    "logout_everywhere": "在所有设备退出",
    "log_out": "让人退出",
    "password": "改自己的口令",
    "set_password": "重设口令",
    "open": "打开会话",
    "search": "搜索",
    "claim": "接手",
    "transfer": "转给同事",
    "give_back": "回到等待",
    "reply": "回复",
    "hand_back": "交还助手",
    "close": "结束会话",
    "case": "改正情况",
    "note": "写备注",
    "labels": "改标签",
    "numbers": "看统计",
    "export": "导出",
    "delete": "删除会话",
    "add_agent": "建账号",
    "disable": "停用账号",
    "enable": "启用账号",
    "unlock": "解锁账号",
    "role": "改角色",
    "rename": "改名",
    "shown": "改对客户的名字",
    "audit": "看审计记录",
    "hours": "改人工时间",
    "away": "登记不在",
    "back": "结束不在",
    "snippets": "改常用语",
}
"""What is written in the audit log, in words."""

Role = Annotated[Literal["agent", "admin"], about("客服，管理员", named="Role")]

Count = Annotated[int, about(minimum=0)]

Seconds = Annotated[float, about("1970 年以来的秒数")]


@described("词汇表的一项")
class Term(TypedDict):
    """An entry of the vocabulary."""

    id: str
    name: str
