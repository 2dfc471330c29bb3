"""One reply, as every client can rely on it (docs/reply.md)."""

# ruff: noqa: F403 - the parts are read as one
from beian.contract.reply.parts import *
from beian.contract.reply.whole import *
from beian.contract.reply.words import *
