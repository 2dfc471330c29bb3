"""Every error there is: its status and its sentence for people."""

from __future__ import annotations

ERRORS: dict[str, tuple[int, str]] = {
    "bad_request": (400, "请求的格式不正确，服务器读不懂。"),
    "bad_json": (400, "请求内容不是有效的 JSON。"),
    "not_object": (400, "请求内容应为一个 JSON 对象。"),
    "bad_sender": (400, "缺少 sender，或它不是 1 到 255 个字符的文字。"),
    "bad_message": (400, "message 应为文字。"),
    "bad_text": (400, "text 应为文字。"),
    "bad_client_id": (400, "client_id 应为 1 到 64 个字母、数字、点、下划线或连字符。"),
    "bad_value": (400, "请求里的值不正确。"),
    "bad_session": (401, "会话无效，请重新打开对话。"),
    "bad_login": (401, "账号或口令不对。"),
    "logged_out": (401, "请先登录。"),
    "bad_csrf": (403, "请求没有带上本页面的校验码，请刷新页面。"),
    "not_admin": (403, "这项操作要管理员才能做。"),
    "bad_key": (401, "缺少或不正确的 API key。"),
    "closed_here": (403, "这个接口没有开放。"),
    "bad_host": (403, "服务只对本机开放，不接受发往其他主机名的请求。"),
    "bad_origin": (403, "不接受来自这个网站的请求。"),
    "not_found": (404, "没有这个地址或内容。"),
    "bad_method": (405, "这个地址不支持这种请求方法。"),
    "timeout": (408, "请求没有在规定时间内发完。"),
    "taken": (409, "这个会话已经由别人接手。"),
    "hidden": (409, "这里有手机号、证件号之类的号码，发出时会遮盖，客户看不到。请改写，或再发一次照发。"),
    "too_large": (413, "请求内容太大。"),
    "bad_type": (415, "请求内容的类型应为 application/json。"),
    "locked": (429, "登录失败次数太多，请稍后再试，或请管理员解锁。"),
    "rate_limited": (429, "发得太快了，请稍等片刻再试。"),
    "internal": (500, "服务器出错了，请稍后再试。"),
    "busy": (503, "现在排队的人较多，请稍后再试。"),
    "store": (503, "暂时无法保存对话，请稍后再试。"),
}
"""By code; a response may say more than the sentence here."""

STATUSES = {
    400: "请求有误",
    401: "没有登录，或缺少会话、key",
    403: "不接受来源，或不允许",
    404: "没有这个内容",
    408: "请求没有在规定时间内发完",
    409: "与会话现在的样子冲突",
    413: "请求太大",
    415: "不是 JSON",
    429: "太快了，`Retry-After` 秒后再试",
    503: "暂时不能处理，`Retry-After` 秒后再试",
}
"""What a route may answer besides what was asked for. 405 and 500 belong to no route."""
