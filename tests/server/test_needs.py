"""Who may ask is what the contract says, route by route; the desk's are in tests/desk/test_access.py."""

import pytest

from beian.contract.routes import CUSTOMER
from tests.server.openapi import in_path


@pytest.mark.parametrize("route", CUSTOMER, ids=lambda route: route.name)
def test_a_session_is_asked_for_where_one_is_needed(server, route):
    path = route.path
    for name in route.names:
        path = path.replace(f"{{{name}}}", in_path("1" if name == "number" else "timeline.review"))
    asked = server.client.build_request(route.method, path, json={} if route.method == "POST" else None)
    status = server.client.send(asked).status_code
    assert (status == 401) == (route.need == "session"), status
