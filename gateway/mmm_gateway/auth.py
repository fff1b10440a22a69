"""The registry of bearer tokens: a JSON file with their SHA-256 hashes, never the tokens.

::

    {"tokens": [{"sha256": "…", "subject": "ana", "grants": {"default": "analyst"}}]}

A token is 256 random bits, so a plain hash is enough: there is nothing to guess.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mmm_core.errors import Unauthenticated
from mmm_service.permissions import Role
from mmm_service.principal import Principal

TOKEN_BYTES = 32


class TokenEntry(BaseModel):
    """One token."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    subject: str = Field(min_length=1)
    grants: dict[str, Role]


class TokenFile(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tokens: tuple[TokenEntry, ...] = ()


class TokenRegistry:
    """Looks tokens up, and reads the file anew when it has changed.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ValueError
        When the file is missing or malformed; a later malformed state keeps the tokens known before.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = self._current_stamp()
        self._principals = _read(path)

    def principal(self, token: str) -> Principal:
        """Whose token it is; raises `Unauthenticated`."""
        self._reload_when_changed()
        # Looking up a hash tells nothing about the token by its timing.
        principal = self._principals.get(_hash(token))
        if principal is None:
            raise Unauthenticated("The token is not valid.")
        return principal

    def _reload_when_changed(self) -> None:
        try:
            stamp = self._current_stamp()
            if stamp != self._stamp:
                self._principals = _read(self._path)
                self._stamp = stamp
        except (OSError, ValueError):
            # Half-edited by hand: go on with what was known.
            return

    def _current_stamp(self) -> tuple[int, int, int]:
        try:
            stat = self._path.stat()
        except OSError as error:
            raise ValueError(f"the token registry {self._path} cannot be read") from error
        return stat.st_mtime_ns, stat.st_size, stat.st_ino


def issue_token(path: Path, subject: str, grants: Mapping[str, str]) -> str:
    """Make a token, add its hash to the registry (made when missing) and return it.

    Parameters
    ----------
    path : Path
        The registry.
    subject : str
        Whose token it is.
    grants : mapping
        Role (``viewer``, ``analyst``, ``admin``) by workspace id.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    entry = TokenEntry(
        sha256=_hash(token), subject=subject, grants={name: Role(role) for name, role in grants.items()}
    )
    known = _parse(path).tokens if path.exists() else ()
    _write_private(path, TokenFile(tokens=(*known, entry)).model_dump_json(indent=1))
    return token


def _read(path: Path) -> dict[str, Principal]:
    return {entry.sha256: Principal(entry.subject, entry.grants) for entry in _parse(path).tokens}


def _parse(path: Path) -> TokenFile:
    try:
        return TokenFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        # The error's own text would quote the file.
        raise ValueError(f"the token registry {path} is malformed in {error.error_count()} places") from None


def _write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only."""
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".tokens-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(partial).replace(path)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
