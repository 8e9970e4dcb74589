"""What a change of a contract would break: programs that read it, or messages that were recorded before."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems")
UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
EXACT = ("pattern", "format")  # whether one takes all that another takes cannot be decided: any change is told


def incompatibilities(old: Schema, new: Schema) -> list[str]:
    """What `new` breaks of `old`, a line each; empty where it only grows.

    A field may be added if it has a default, a bound may be loosened, a closed list may get another value. A field may
    not go, become required, lose its default, take less than before, or be of a type that readers do not expect.
    """
    return list(_Comparison(old.get("$defs", {}), new.get("$defs", {})).schemas("", old, new))


class _Comparison:
    """Two documents side by side, each with its own definitions."""

    def __init__(self, old: dict[str, Schema], new: dict[str, Schema]) -> None:
        self._old, self._new = old, new
        self._compared: set[tuple[str, str]] = (
            set()
        )  # a section is told once, and one that holds itself comes to an end

    def schemas(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        if all(pair):
            if pair in self._compared:
                return
            self._compared.add(pair)
        before, after = _alternatives(old, self._old), _alternatives(new, self._new)
        yield from (f"{path or 'it'}: is no longer {kind}" for kind in before if kind not in after)
        yield from (f"{path or 'it'}: may now be {kind}" for kind in after if kind not in before)
        for kind in before:
            if kind in after:
                yield from self._same_kind(path, before[kind], after[kind])

    def _same_kind(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        yield from _values(path, old, new)
        yield from _bounds(path, old, new)
        yield from self._fields(path, old, new)
        for inner, mark in (("items", "[]"), ("additionalProperties", "{}")):
            if isinstance(old.get(inner), dict) and isinstance(new.get(inner), dict):
                yield from self.schemas(path + mark, old[inner], new[inner])

    def _fields(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in before:
            where = f"{path}.{name}".lstrip(".")
            if name not in after:
                yield f"{where}: removed"
                continue
            yield from self.schemas(where, before[name], after[name])
        for name in new.get("required", ()):
            if name not in old.get("required", ()):
                change = "has lost its default" if "default" in before.get(name, {}) else "is required now"
                yield f"{path}.{name}: {change}".lstrip(".")


def _alternatives(schema: Schema, definitions: dict[str, Schema]) -> dict[str, Schema]:
    """What the schema takes, by JSON type; `anything` where it does not say."""
    if "$ref" in schema:
        return _alternatives(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return {kind: inner for option in schema["anyOf"] for kind, inner in _alternatives(option, definitions).items()}
    return {schema.get("type", "anything"): schema}


def _values(path: str, old: Schema, new: Schema) -> Iterator[str]:
    before, after = _listed(old), _listed(new)
    if after is None:
        return
    if before is None:
        yield f"{path}: takes only {', '.join(map(str, after))} now"
    else:
        yield from (f"{path}: {value!r} is no longer taken" for value in before if value not in after)


def _listed(schema: Schema) -> list[Any] | None:
    """The closed list of values; None where any will do."""
    if "const" in schema:
        return [schema["const"]]
    return schema.get("enum")


def _bounds(path: str, old: Schema, new: Schema) -> Iterator[str]:
    for names, narrower in ((LOWER_BOUNDS, max), (UPPER_BOUNDS, min)):
        for name in names:
            if name in new and (name not in old or narrower(old[name], new[name]) != old[name]):
                yield f"{path}: {name} is {new[name]} now"
    for name in EXACT:
        if name in new and new[name] != old.get(name):
            yield f"{path}: {name} is {new[name]} now"
