"""A real server with the tiny project, for the tests of keeping and deleting that need one."""

from tests.server.conftest import (  # noqa: F401 - fixtures
    make_server,
    no_database_in_the_loop,
    server,
    servers_end_with_the_test,
    tiny_model,
)
