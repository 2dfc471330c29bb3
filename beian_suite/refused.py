"""What went wrong between the tests and the server, each in one sentence."""

from __future__ import annotations

from typing import Any

import requests

from beian_suite.turn import TroubleError

_MOST = 120
_NO_SUCH_HOST = ("nameresolution", "name or service not known", "getaddrinfo", "nodename nor servname")


def sentence_of_error(error: Exception, url: str, seconds: float) -> TroubleError:
    """No response at all. What cannot get better: nobody listens, no such host, no trusted certificate."""
    words = str(error).lower()
    if isinstance(error, requests.exceptions.SSLError):
        return TroubleError(f"{url} 的证书不受信任，或对方不用 https", hopeless=True)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return TroubleError(f"连不上 {url}：{seconds:g} 秒没有接通，请核对地址与网络", hopeless=True)
    if isinstance(error, requests.exceptions.Timeout):
        return TroubleError(f"{url} 接受了请求，{seconds:g} 秒没有回答（--assistant-timeout 可以放宽）")
    if any(sign in words for sign in _NO_SUCH_HOST):
        return TroubleError(f"找不到 {url} 的主机，请核对地址", hopeless=True)
    if "newconnectionerror" in words or "failed to establish a new connection" in words:
        return TroubleError(
            f"连不上 {url}：没有服务在那里监听，请先启动服务，或核对地址与端口", hopeless=True
        )
    if isinstance(error, requests.exceptions.ConnectionError):
        return TroubleError(f"{url} 中途断开了连接")
    return TroubleError(f"{url} 不能用：{_line(str(error))}", hopeless=True)


def trouble_of(response: requests.Response, address: str) -> TroubleError | None:
    """What is wrong with a response; None for a list of messages."""
    status = response.status_code
    if status != 200:
        return _of_status(status, address, _said(response), response.headers.get("Location", ""))
    try:
        messages = response.json()
    except ValueError:
        kind = response.headers.get("Content-Type", "").partition(";")[0] or "没有说是什么"
        return TroubleError(f"{address} 的回答不是 JSON（{kind}），对方不是 Rasa 的 REST 接口", hopeless=True)
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        return TroubleError(f"{address} 的回答不是消息的列表，对方不是 Rasa 的 REST 接口", hopeless=True)
    if any(not _is_message(message) for message in messages):
        return TroubleError(f"{address} 的消息不是 Rasa 的样子（text、buttons、custom）", hopeless=True)
    return None


def _is_message(message: dict[str, Any]) -> bool:
    text, buttons, custom = message.get("text"), message.get("buttons"), message.get("custom")
    return (
        (text is None or isinstance(text, str))
        and (buttons is None or (isinstance(buttons, list) and all(isinstance(one, dict) for one in buttons)))
        and (custom is None or isinstance(custom, dict))
    )


def _of_status(status: int, address: str, said: str, moved_to: str) -> TroubleError:
    because = f"：{said}" if said else ""
    if status in (401, 403):
        return TroubleError(
            f"服务不接受这个 API key（HTTP {status}{because}），用 --assistant-key 给出", hopeless=True
        )
    if status in (404, 405, 410):
        return TroubleError(f"{address} 不存在（HTTP {status}），请核对 --assistant-url", hopeless=True)
    if 300 <= status < 400:
        return TroubleError(
            f"{address} 转到了 {_line(moved_to)}（HTTP {status}），请把它写进 --assistant-url", hopeless=True
        )
    if status == 429:
        return TroubleError(f"请求太频繁（HTTP 429），等了几次仍不放行{because}")
    if status >= 500:
        return TroubleError(f"服务出错（HTTP {status}{because}）")
    return TroubleError(f"服务不接受这条消息（HTTP {status}{because}）")


def _said(response: requests.Response) -> str:
    """The message of an error in JSON, if there is one: pages of HTML tell nothing in one line."""
    try:
        body = response.json()
    except ValueError:
        return ""
    told = body.get("error") or body.get("message") or body.get("reason") if isinstance(body, dict) else ""
    if isinstance(told, dict):
        told = told.get("message") or ""
    return _line(told) if isinstance(told, str) else ""


def _line(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _MOST else whole[:_MOST] + "……"
