"""What a customer's browser sends and is told (docs/api.md)."""

# ruff: noqa: F403 - the parts are read as one
from beian.contract.customer.messages import *
from beian.contract.customer.opinions import *
from beian.contract.customer.page import *
from beian.contract.customer.staff import *
from beian.contract.customer.words import *
