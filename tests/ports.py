"""Ports for servers in processes of their own.

Below those that the kernel gives to whoever connects, and from a place of each test process's own: between
the search and the server's start, nobody else takes one.
"""

import itertools
import os
import socket

FIRST, COUNT = 15_000, 17_000
# Processes that begin one after the other have numbers one after the other.
APART = 97
_offsets = itertools.count(os.getpid() * APART)


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on, another one at each call."""
    for offset in itertools.islice(_offsets, COUNT):
        port = FIRST + offset % COUNT
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("no port is free")
