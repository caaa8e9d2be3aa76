"""Random messages of any type of the schema, for tests with hypothesis."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from hypothesis import strategies as st

from tiktoklive.wire.messages import MESSAGE_TYPES

_RANGES = {
    FieldDescriptor.CPPTYPE_INT32: (-(1 << 31), (1 << 31) - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, (1 << 32) - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(1 << 63), (1 << 63) - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, (1 << 64) - 1),
}

#: Sub-messages below this depth stay empty: the schema is recursive.
_DEPTH = 6


@st.composite
def messages(draw: st.DrawFn, method: str) -> Message:
    """A message of the type of a wire name, with random values in random fields."""
    message = MESSAGE_TYPES[method]()
    _fill(draw, message, _DEPTH)
    return message


def _fill(draw: st.DrawFn, message: Any, depth: int) -> None:
    fields = list(message.DESCRIPTOR.fields)
    if depth <= 0 or not fields:
        return
    for field in draw(st.lists(st.sampled_from(fields), max_size=4, unique_by=lambda f: f.name)):
        many = field.is_repeated
        if field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE:
            for _ in range(draw(st.integers(1, 2)) if many else 1):
                inner = getattr(message, field.name)
                inner = inner.add() if many else inner
                inner.SetInParent()
                _fill(draw, inner, depth - 1)
        elif many:
            getattr(message, field.name).extend(draw(st.lists(_values(field), max_size=3)))
        else:
            setattr(message, field.name, draw(_values(field)))


def _values(field: FieldDescriptor) -> st.SearchStrategy[Any]:
    kind = field.cpp_type
    if kind in _RANGES:
        return st.integers(*_RANGES[kind])
    if kind == FieldDescriptor.CPPTYPE_BOOL:
        return st.booleans()
    if kind == FieldDescriptor.CPPTYPE_STRING:
        if field.type == FieldDescriptor.TYPE_BYTES:
            return st.binary(max_size=12)
        return st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    return st.floats()
