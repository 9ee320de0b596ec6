"""Lean schemas: every word of a schema is paid for on each request."""

from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter

from drs_mcp.serving.arguments.lenient import ANY
from drs_mcp.summaries.answer import Table


def input_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a tool's arguments: flat, closed, without titles and empty defaults."""
    schema: dict[str, Any] = _trimmed(model.model_json_schema(by_alias=True))
    schema.pop("description", None)
    for found in schema.get("properties", {}).values():
        if found.get("default") in ("", 0):  # and False: absent means it
            found.pop("default")
        if "" in found.get("enum", ()):  # an empty word in an enum makes some hosts refuse it all
            found["enum"] = [value or ANY for value in found["enum"]]
        for bound in ("minLength", "maxLength", "pattern"):
            found.pop(bound, None)  # told in words where it matters, and checked all the same
    schema["additionalProperties"] = False
    return schema


def published(schema: dict[str, Any]) -> dict[str, Any]:
    """The *schema* as hosts get it: without bounds that nobody meets, and the server's setting."""
    properties = {
        name: {
            key: value
            for key, value in found.items()
            if (key, value) not in _NEVER_MET and (name, key) != ("max_chars", "default")
        }
        for name, found in schema["properties"].items()
    }
    return schema | {"properties": properties}


def output_schema(answer: Any) -> dict[str, Any]:
    """The schema of a tool's answer: what may be there and of which type, without `$ref`.

    Every field but the headline may be absent, as empty values are left out; a tool with several
    forms of answer (a union) lists the fields of all.
    """
    properties: dict[str, Any] = {}
    for model in get_args(answer) or (answer,):
        raw = TypeAdapter(model).json_schema(mode="serialization")
        properties |= (_resolved(raw, raw.get("$defs", {})) or {})["properties"]
    return {"type": "object", "properties": properties, "required": ["headline"]}


_NEVER_MET = (("minimum", 0), ("maximum", 10**9))


def _trimmed(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _trimmed(item)
            for key, item in value.items()
            if not (key == "title" and isinstance(item, str))
        }
    if isinstance(value, list):
        return [_trimmed(item) for item in value]
    return value


def _resolved(schema: Any, known: dict[str, Any]) -> dict[str, Any] | None:
    """Type skeletons only: references inlined, `T | null` as T, prose and defaults dropped.

    None where the schema would be an array without items or an object without properties, which
    some hosts refuse: such fields are left out, and the schema stays open.
    """
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _TABLE_SCHEMA if name == Table.__name__ else _resolved(known[name], known)
    if "anyOf" in schema:
        found = [_resolved(item, known) for item in schema["anyOf"] if item != {"type": "null"}]
        kinds = {item.get("type") for item in found if item}
        if kinds == {"integer", "number"}:
            return {"type": "number"}
        return found[0] if len(found) == 1 else None
    if schema.get("type") == "object":
        parts = {
            name: part
            for name, item in schema.get("properties", {}).items()
            if (part := _resolved(item, known)) is not None
        }
        return {"type": "object", "properties": parts} if parts else None
    if schema.get("type") == "array":
        items = _resolved(schema.get("items", {}), known)
        return {"type": "array", "items": items} if items else None
    if "enum" in schema:
        return {"type": "string", "enum": schema["enum"]}
    return {"type": schema["type"]} if "type" in schema else None


_TABLE_SCHEMA = {
    "type": "object",
    "properties": {
        "columns": {"type": "array", "items": {"type": "string"}},
        "shown": {"type": "integer"},
        "total": {"type": "integer"},
    },
}
