"""Records as bytes.

Beside the value, the body carries the token of the write that made it: when the answer to a conditional
write is lost, reading the record back tells whether the write took effect.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from mmm_core.errors import MmmError

_VALUE, _WRITER = "value", "writer"


class CorruptRecord(MmmError):
    """A record's bytes are not a record."""

    reason = "CORRUPT_RECORD"


def new_writer_token() -> str:
    """Make a token that tells one write from all others."""
    return secrets.token_hex(16)


def encode(value: Mapping[str, Any], writer: str) -> bytes:
    """Write a record's body."""
    return json.dumps({_VALUE: value, _WRITER: writer}, separators=(",", ":"), allow_nan=False).encode()


def decode(key: str, body: bytes) -> tuple[dict[str, Any], str]:
    """Read a record's body: its value and the token of its writer."""
    try:
        data = json.loads(body)
        return data[_VALUE], data[_WRITER]
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptRecord(f"The record {key!r} cannot be read.") from error
