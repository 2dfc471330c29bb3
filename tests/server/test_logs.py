import json
import logging

from beian.server.logs import JsonFormatter, request_id


def test_a_line_is_json_masked_with_the_request_id():
    token = request_id.set("abc123")
    try:
        record = logging.LogRecord("a.b", logging.ERROR, __file__, 1, "手机 %s", ("13800138000",), None)
        record.text = "邮箱 a@b.cn"
        line = json.loads(JsonFormatter().format(record))
    finally:
        request_id.reset(token)
    assert line["message"] == "手机 〔手机号〕"
    assert line["text"] == "邮箱 〔邮箱〕"
    assert (line["level"], line["logger"], line["request"]) == ("error", "a.b", "abc123")
    assert line["time"].endswith("Z")


def test_exceptions_are_masked_too():
    try:
        raise ValueError("13800138000")
    except ValueError:
        import sys

        record = logging.LogRecord("a", logging.ERROR, __file__, 1, "x", (), sys.exc_info())
    assert "13800138000" not in JsonFormatter().format(record)
    assert "ValueError" in JsonFormatter().format(record)
