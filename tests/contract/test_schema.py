"""Python types become schemas, and nothing is passed over in silence."""

from typing import Annotated, Any, Literal

import jsonschema
import pytest
from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described, values_of
from beian.contract.generate.schema import Schemas

Colour = Annotated[Literal["red", "blue"], about("colour", named="Colour", values={"red": "r", "blue": "b"})]


class Point(TypedDict):
    x: Annotated[int, about("across", minimum=0)]
    label: NotRequired[str | None]


class Pointed(Point):
    """Fields are inherited."""

    colour: Colour | None


@described("a choice", **{"if": {"required": ["a"]}, "then": {"required": ["b"]}})
class Ruled(TypedDict, total=False):
    a: str
    b: Annotated[dict[str, Any], about(parts_of=Point)]


def accepts(described, value, **how):
    schemas = Schemas("#/$defs/")
    schema = schemas.of(described) if not how else schemas.fields(described, **how)
    validator = jsonschema.Draft202012Validator({**schema, "$defs": schemas.components})
    return validator.is_valid(value)


@pytest.mark.parametrize(
    ("described", "right", "wrong"),
    [
        (str, ["a"], [1, None]),
        (int, [1], [1.5, "1", None]),
        (float, [1, 1.5], ["1"]),
        (bool, [True], [1, "true"]),
        (str | None, ["a", None], [1]),
        (list[int], [[], [1]], [["a"], 1]),
        (dict[str, int], [{}, {"a": 1}], [{"a": "b"}]),
        (dict[str, Any], [{}, {"a": [1]}], [[]]),
        (Literal[0, 1], [0, 1], [2]),
        (Literal[True], [True], [False]),
        (Colour, ["red"], ["green", None]),
        (Colour | None, ["red", None], ["green"]),
        (Literal["red", "blue"] | None, ["red", None], ["green"]),
        (list[Colour | None], [["red", None]], [["green"]]),
        (Point, [{"x": 1}, {"x": 1, "label": None}], [{}, {"x": -1}, {"x": 1, "y": 2}, {"x": "1"}]),
        (Pointed, [{"x": 1, "colour": None}], [{"x": 1}, {"colour": "red"}]),
        (Point | None, [None, {"x": 1}], [{}]),
        (Ruled, [{}, {"a": "", "b": {}}, {"b": {"z": 1}}], [{"a": ""}, {"a": "", "b": {"x": -1}}]),
    ],
)
def test_a_type_takes_its_values_and_no_others(described, right, wrong):
    assert [value for value in right if not accepts(described, value)] == []
    assert [value for value in wrong if accepts(described, value)] == []


def test_a_request_may_hold_more():
    assert accepts(Point, {"x": 1, "y": 2}, is_open=True)
    assert not accepts(Point, {"y": 2}, is_open=True)


@pytest.mark.parametrize("described", [set[str], bytes, object, tuple[int, int]])
def test_what_has_no_form_in_json_is_refused(described):
    with pytest.raises(TypeError):
        Schemas("").of(described)


def test_two_types_of_one_name_are_refused():
    def of_another():
        class Point(TypedDict):
            y: int

        return Point

    schemas = Schemas("")
    schemas.of(Point)
    with pytest.raises(TypeError, match="Point"):
        schemas.of(of_another())
    # Sent and told, it would be open here and closed there.
    with pytest.raises(TypeError, match="Point"):
        schemas.request(Point)


def test_every_value_of_an_enumeration_is_told_of():
    told = Annotated[Literal["red", "blue"], about(named="Some", values={"red": "r"})]
    with pytest.raises(TypeError, match="Some"):
        Schemas("").of(told)


def test_values_of_a_literal():
    assert values_of(Colour) == values_of(Literal["red", "blue"]) == ("red", "blue")
