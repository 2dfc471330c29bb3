"""The tiny project's model and server, and what the readings of a message are made of."""

from tests.meaning.conftest import (  # noqa: F401 - fixtures
    candidates,
    component,
    evidence,
    kb,
    labels,
    lines,
    said,
    tiny,
    turns,
)
from tests.server.conftest import (  # noqa: F401 - fixtures
    make_server,
    no_database_in_the_loop,
    server,
    servers_end_with_the_test,
    tiny_model,
)
