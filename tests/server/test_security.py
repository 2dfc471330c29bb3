from types import SimpleNamespace

import pytest

from beian.server.security import client_address
from beian.server.settings import Settings


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "1.2.3.4", "9.9.9.9"),
        (1, "", "9.9.9.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "9.9.9.9"),
    ],
)
def test_only_what_the_own_proxies_say_is_believed(proxies, header, address):
    request = SimpleNamespace(headers={"x-forwarded-for": header}, ip="9.9.9.9")
    assert client_address(request, Settings(proxies=proxies)) == address
