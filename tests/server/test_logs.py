import asyncio
import gc
import io
import json
import logging
import os
import sys
import threading

import httpx
import pytest

from beian import logs
from beian.logs import JsonFormatter, request_id
from tests.masking.numbers import PLANTED, traces
from tests.patience import PATIENCE
from tests.server.process import Process


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


def test_of_an_exception_only_type_and_place_are_written():
    try:
        try:
            raise ValueError("我叫甲，电话 13800138000")
        except ValueError as inner:
            raise RuntimeError("我叫甲") from inner
    except RuntimeError:
        record = logging.LogRecord("a", logging.ERROR, __file__, 1, "x", (), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "甲" not in line
    assert "138" not in line
    told = json.loads(line)
    assert told["exception"] == "RuntimeError"
    assert told["at"][-1].startswith("test_logs.py:")


@pytest.fixture
def configured():
    """The log as the server sets it up, as lines; the set-up is undone."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure()
    stream = io.StringIO()
    root.handlers[0].setStream(stream)
    # Servers of other tests may still run beside this one, and have their own to say.
    mine = threading.get_ident()
    root.handlers[0].addFilter(lambda record: record.thread == mine)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before, level


def test_what_the_framework_says_is_written_without_its_words(configured):
    for name in ("sanic.error", "sanic.root"):
        logger = logging.getLogger(name)
        logger.error("<Request: GET /我叫甲> body not consumed.")
        logger.error("%s stopped", "我叫甲")
        try:
            int("我叫甲", 16)
        except ValueError as error:
            logger.exception(error)
    lines = configured()
    assert len(lines) == 6
    assert "甲" not in json.dumps(lines, ensure_ascii=False)
    assert {line["message"].partition(":")[0] for line in lines} == {
        "test_logs.test_what_the_framework_says_is_written_without_its_words"
    }
    assert [line.get("exception") for line in lines] == [None, None, "ValueError"] * 2


def test_what_nobody_catches_is_written_without_its_words(configured):
    async def fails():
        raise ValueError("我叫甲")

    async def run():
        asyncio.get_running_loop().set_exception_handler(logs.log_loop_fault)
        task = asyncio.ensure_future(fails())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()

    asyncio.run(run())
    [line] = configured()
    assert (line["message"], line["reason"]) == ("nobody caught an exception", "ValueError")
    assert "甲" not in json.dumps(line, ensure_ascii=False)


@pytest.fixture(scope="module")
def served(tiny_model, tmp_path_factory):
    """The log of a real server that was asked all kinds of things with personal numbers in them; what its
    responses were, by request id; the numbers."""
    folder = tmp_path_factory.mktemp("logged")
    process = Process(folder / "var", tiny_model).wait_until_it_answers()
    numbers = [number for group in PLANTED.values() for number in group]
    ids = {}
    with httpx.Client(base_url=process.url, timeout=PATIENCE) as client:
        for number in numbers:
            for text in (number, f"raise:{number}", f"rubbish:{number}", f"silent:{number}"):
                body = {
                    "sender": number,
                    "message": text,
                    "metadata": {"sender_id": number, number: [number]},
                }
                response = client.post("/webhooks/rest/webhook", json=body)
                assert response.status_code == 200
                ids[response.headers["X-Request-ID"]] = ("POST", "/webhooks/rest/webhook", 200)
            for path in ("/api/config", f"/{number}", f"/static/{number}", f"/api/facts/{number}"):
                response = client.get(
                    path, params={"q": number}, headers={"X-Session": number, "X-Note": number}
                )
                ids[response.headers["X-Request-ID"]] = ("GET", None, response.status_code)
            response = client.post("/api/desk/login", json={"name": number, "password": number})
            ids[response.headers["X-Request-ID"]] = ("POST", "/api/desk/login", response.status_code)
        response = client.get("/healthz", headers={"X-Request-ID": "given-by-a-proxy"})
        assert response.headers["X-Request-ID"] == "given-by-a-proxy"
        ids["given-by-a-proxy"] = ("GET", "/healthz", 200)
    assert process.stop() == os.EX_OK
    return process.log.read_text(encoding="utf-8"), ids, numbers


def test_a_requests_line_has_the_id_of_its_response(served):
    log, ids, _ = served
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    of_requests = {line["request"]: line for line in lines if line["logger"] == "beian.access"}
    assert set(ids) <= set(of_requests)
    for identity, (method, route, status) in ids.items():
        line = of_requests[identity]
        assert (line["method"], line["status"]) == (method, status)
        assert route in (None, line["route"])
        assert line["ms"] >= 0
    # What goes wrong in a request is told under its id as well.
    others = [line for line in lines if line["logger"] != "beian.access" and line["request"] in ids]
    assert others


def test_no_planted_number_is_in_the_log_of_a_real_server(served):
    log, ids, numbers = served
    assert log.count("beian.access") >= len(ids)
    for number in numbers:
        for trace in traces(number):
            assert trace not in log, [line for line in log.splitlines() if trace in line][:2]
