"""What the agents' desk sends and is told (docs/desk.md). Times are seconds since 1970."""

# ruff: noqa: F403 - the parts are read as one
from beian.contract.desk.accounts import *
from beian.contract.desk.conversations import *
from beian.contract.desk.lists import *
from beian.contract.desk.log_in import *
from beian.contract.desk.look_up import *
from beian.contract.desk.numbers import *
from beian.contract.desk.team import *
from beian.contract.desk.words import *
from beian.contract.desk.work import *
