"""The pages' types say what the schemas say."""

import pytest

from beian.contract.generate.typescript import declaration


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": "string", "pattern": "x"}, "export type T = string;"),
        ({"enum": ["a", "b", None]}, 'export type T = "a" | "b" | null;'),
        ({"const": True}, "export type T = true;"),
        ({"type": "array", "items": {"type": ["number", "null"]}}, "export type T = (number | null)[];"),
        ({"type": "object", "additionalProperties": {"$ref": "#/x/U"}}, "export type T = Record<string, U>;"),
        ({"type": "object"}, "export type T = Record<string, unknown>;"),
        (
            {"type": "object", "properties": {}, "additionalProperties": False},
            "export type T = Record<string, never>;",
        ),
        ({"anyOf": [{"$ref": "#/x/U"}, {"type": "null"}]}, "export type T = U | null;"),
        (
            {"properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}, "required": ["a"]},
            "export interface T {\n  a: number;\n  b?: boolean;\n}",
        ),
    ],
)
def test_a_schema_is_written(schema, written):
    assert declaration("T", schema).strip() == written
