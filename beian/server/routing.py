"""Routes of the contract as Sanic writes them."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint

from beian.contract.route import Route

_NUMBER = r"<number:\d{1,9}>"


def add_route(blueprint: Blueprint, route: Route, handler: Any) -> None:
    """Have `handler` answer a route; its path must be below the blueprint's prefix."""
    path = route.path.removeprefix(blueprint.url_prefix or "")
    path = path.replace("{", "<").replace("}", ">").replace("<number>", _NUMBER)
    blueprint.add_route(handler, path, methods=[route.method], name=route.name)
