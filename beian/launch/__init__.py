"""`python -m beian serve`: load everything, warm up, then listen; on a stop finish what was begun."""

from beian.launch.listening import listening_socket, start, stop
from beian.launch.opening import attach, open_server
from beian.launch.serving import SWITCH_SECONDS, serve

__all__ = ["SWITCH_SECONDS", "attach", "listening_socket", "open_server", "serve", "start", "stop"]
