"""Generated requests against the whole server. bench/server_long.py runs 20,000 of them."""

import gc
import json
import re
import threading

import httpx
import psutil
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz import base_seed, examples
from tests.patience import PATIENCE
from tests.server.openapi import bodies, check_response, description, in_path, operations, resolved, values

EXAMPLES = examples(1500)
# Hypothesis remembers what it has tried until a run ends: 5 KB a request, more than the server may grow.
RUN = 500
FORBEARING = settings(max_examples=RUN, database=None, suppress_health_check=list(HealthCheck))
MOST_QUERY_CHARACTERS = 1500


@pytest.fixture(scope="module")
def fuzzed(make_server):
    return make_server()


@st.composite
def requests(draw):
    method, path, operation = draw(st.sampled_from(operations()))
    query, headers = {}, {}
    for parameter in operation.get("parameters", []):
        right = values(parameter["schema"])
        value = str(draw(st.one_of(right, right, st.text(max_size=12), st.integers())))
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", in_path(value[:40]))
        elif parameter["in"] == "query":
            # The client itself refuses addresses of 64 KB; the server those of 8 KB already.
            query[parameter["name"]] = value[:MOST_QUERY_CHARACTERS]
        elif draw(st.booleans()):
            # The client itself refuses to send anything but visible characters.
            headers[parameter["name"]] = re.sub(rb"[^!-~]", b"?", value.encode("ascii", "replace"))
    content = None
    if "requestBody" in operation:
        content = draw(bodies(operation["requestBody"]["content"]["application/json"]["schema"]))
        headers["Content-Type"] = draw(
            st.sampled_from(
                ["application/json"] * 9 + ["text/plain", "", "application/json; charset=latin-1"]
            )
        )
    return method, path, operation, query, headers, content, draw(st.integers(0, 3))


@pytest.mark.hypothesis
def test_nothing_generated_breaks_the_server(fuzzed, request):
    sessions = [fuzzed.session() for _ in range(3)] + [{"X-Session": "w-forged.forged"}]
    process = psutil.Process()
    memory = []

    @FORBEARING
    @given(requests())
    def run(drawn):
        method, path, operation, query, headers, content, who = drawn
        if operation.get("security") and "session" in operation["security"][0]:
            headers = {**headers, **sessions[who]}
        if path == "/api/events":
            with fuzzed.client.stream(method, path, params=query, headers=headers) as response:
                body = response.read() if response.status_code != 200 else b""
        else:
            response = fuzzed.client.request(method, path, params=query, headers=headers, content=content)
            body = response.content
        assert response.status_code < 500 or path == "/readyz", body
        # What does not even reach its route (an empty path segment, say) is a plain 404.
        if response.status_code != 404:
            check_response(operation, response.status_code, response.headers.get("content-type", ""), body)
        if response.status_code >= 400:
            assert any("\u4e00" <= char <= "\u9fff" for char in json.loads(body)["error"]["message"])

    for number in range(max(1, EXAMPLES // RUN)):
        seed(base_seed(request.config) + number)(run)()
        gc.collect()
        memory.append(process.memory_info().rss)
    settled = memory[len(memory) // 4]
    assert memory[-1] - settled < 60 * 2**20
    assert fuzzed.client.get("/readyz").json() == {"ready": True, "faults": []}
    assert fuzzed.ask("after", "你好")[0]["custom"]["status"] == "answered"


def test_nobody_gets_anothers_words(fuzzed):
    """Many at once, each with words of their own."""
    count, each = 24, max(4, EXAMPLES // 400)
    wrong = []

    def talk(place):
        with httpx.Client(base_url=fuzzed.url, verify=False, timeout=PATIENCE) as client:
            if place % 2:
                for number in range(each):
                    body = {"sender": f"cross-{place}", "message": f"词{place}-{number}。"}
                    reply = client.post("/webhooks/rest/webhook", json=body).json()
                    if reply[0]["recipient_id"] != body["sender"] or body["message"] not in reply[0]["text"]:
                        wrong.append(reply)
                return
            headers = {"X-Session": client.post("/api/sessions", json={}).json()["session"]}
            for number in range(each):
                body = {"client_id": f"c{number}", "text": f"词{place}-{number}。"}
                client.post("/api/messages", json=body, headers=headers)
            for message in fuzzed.history(headers, 2 * each):
                if f"词{place}-" not in message["text"]:
                    wrong.append(message)

    threads = [threading.Thread(target=talk, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_description_names_every_route(fuzzed):
    described = {(method, path) for method, path, _ in operations()}
    pages = ("/", "/chat", "/frame", "/embed.js", "/favicon.ico")
    routes = set()
    for route in fuzzed.app.router.routes:
        path = re.sub(r"<(\w+):[^>]+>", r"{\1}", f"/{route.path}")
        if path in pages or path.startswith(("/static/", "/desk")):
            continue
        routes |= {(method, path) for method in route.methods if method not in ("HEAD", "OPTIONS")}
    assert routes == described


def test_every_error_of_the_description_is_one_schema():
    for response in description()["components"]["responses"].values():
        assert resolved(response["content"]["application/json"]["schema"])["required"] == ["error"]
