"""Resource names: parsed, checked and printed here and nowhere else.

A name that parsed is safe to become a storage key: every part is 1 to 63 lower-case letters, digits
and hyphens and begins with a letter, so neither ``..`` nor a slash can hide in it (AIP-122).
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import ClassVar, Self

from mmm_core.errors import InvalidInput, Violation, shorten

_ID = re.compile(r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ID_RULE = "Use 1 to 63 lower-case letters, digits and hyphens, beginning with a letter."
_VERSION = re.compile(r"[1-9][0-9]{0,8}")
ANY_ID = "-"


def check_id(value: str, field: str) -> str:
    """Return `value` when it may be the last part of a resource name.

    Raises
    ------
    InvalidInput
        Naming `field`, the value and the rule.
    """
    if not _ID.fullmatch(value):
        raise InvalidInput(
            [Violation(field, "is not a valid id.", _ID_RULE, shorten(value), code="INVALID_NAME")]
        )
    return value


def new_id(prefix: str, request_id: str = "") -> str:
    """Make an id: `prefix`, a hyphen and 16 hexadecimal digits.

    Without a request id nobody else has it. With one, a repeated request gets the same id again, which is
    what makes a repeated create find the first one's result (AIP-155).
    """
    digits = hashlib.sha256(request_id.encode()).hexdigest()[:16] if request_id else secrets.token_hex(8)
    return f"{prefix}-{digits}"


def _parse(pattern: str, value: str, field: str, *, allow_any: frozenset[str] = frozenset()) -> list[str]:
    """Split `value` along `pattern` (``clients/{client}/…``) into its checked ids."""
    wanted = pattern.split("/")
    parts = value.split("/")
    ids: list[str] = []
    fits = len(parts) == len(wanted)
    for want, part in zip(wanted, parts, strict=False):
        if not want.startswith("{"):
            fits = fits and part == want
        elif part == ANY_ID and want in allow_any:
            ids.append(part)
        else:
            fits = fits and _ID.fullmatch(part) is not None
            ids.append(part)
    if not fits:
        raise InvalidInput(
            [
                Violation(
                    field,
                    f"is not a name of the form {pattern}.",
                    _ID_RULE,
                    shorten(value),
                    code="INVALID_NAME",
                )
            ]
        )
    return ids


@dataclass(frozen=True, slots=True)
class ClientName:
    """``clients/{client}``: a workspace, the unit of authorisation."""

    client: str
    PATTERN: ClassVar[str] = "clients/{client}"

    @classmethod
    def parse(cls, value: str, field: str = "parent") -> Self:
        """Parse a name; raises `InvalidInput` naming `field`."""
        return cls(*_parse(cls.PATTERN, value, field))

    def __str__(self) -> str:
        return f"clients/{self.client}"


@dataclass(frozen=True, slots=True)
class DatasetName:
    """``clients/{client}/datasets/{dataset}``."""

    client: str
    dataset: str
    PATTERN: ClassVar[str] = "clients/{client}/datasets/{dataset}"

    @classmethod
    def parse(cls, value: str, field: str = "name") -> Self:
        """Parse a name; raises `InvalidInput` naming `field`."""
        return cls(*_parse(cls.PATTERN, value, field))

    def __str__(self) -> str:
        return f"clients/{self.client}/datasets/{self.dataset}"


@dataclass(frozen=True, slots=True)
class DatasetVersionName:
    """``clients/{client}/datasets/{dataset}/versions/{version}``; versions count from 1."""

    client: str
    dataset: str
    version: int
    PATTERN: ClassVar[str] = "clients/{client}/datasets/{dataset}/versions/{version}"

    def __str__(self) -> str:
        return f"clients/{self.client}/datasets/{self.dataset}/versions/{self.version}"


def parse_dataset_name(value: str, field: str = "name") -> DatasetName | DatasetVersionName:
    """Parse the name of a dataset, which means its newest version, or of one of its versions.

    Raises
    ------
    InvalidInput
        Naming `field`.
    """
    base, separator, version = value.partition("/versions/")
    name = DatasetName.parse(base, field)
    if not separator:
        return name
    if not _VERSION.fullmatch(version):
        raise InvalidInput(
            [
                Violation(
                    field,
                    f"is not a name of the form {DatasetVersionName.PATTERN}.",
                    "End it with the number of a version, counted from 1.",
                    shorten(value),
                    code="INVALID_NAME",
                )
            ]
        )
    return DatasetVersionName(name.client, name.dataset, int(version))


@dataclass(frozen=True, slots=True)
class ModelName:
    """``clients/{client}/models/{model}``; in lists the model may be ``-``, meaning all."""

    client: str
    model: str
    PATTERN: ClassVar[str] = "clients/{client}/models/{model}"

    @classmethod
    def parse(cls, value: str, field: str = "name", *, allow_any: bool = False) -> Self:
        """Parse a name; raises `InvalidInput` naming `field`."""
        wild = frozenset({"{model}"}) if allow_any else frozenset[str]()
        return cls(*_parse(cls.PATTERN, value, field, allow_any=wild))

    def __str__(self) -> str:
        return f"clients/{self.client}/models/{self.model}"


@dataclass(frozen=True, slots=True)
class CrossValidationName:
    """``clients/{client}/models/{model}/crossValidations/{cross_validation}``."""

    client: str
    model: str
    cross_validation: str
    PATTERN: ClassVar[str] = "clients/{client}/models/{model}/crossValidations/{cross_validation}"

    @classmethod
    def parse(cls, value: str, field: str = "name") -> Self:
        """Parse a name; raises `InvalidInput` naming `field`."""
        return cls(*_parse(cls.PATTERN, value, field))

    def __str__(self) -> str:
        return f"clients/{self.client}/models/{self.model}/crossValidations/{self.cross_validation}"


@dataclass(frozen=True, slots=True)
class FitName:
    """``clients/{client}/models/{model}/fits/{fit}``."""

    client: str
    model: str
    fit: str
    PATTERN: ClassVar[str] = "clients/{client}/models/{model}/fits/{fit}"

    @classmethod
    def parse(cls, value: str, field: str = "name") -> Self:
        """Parse a name; raises `InvalidInput` naming `field`."""
        return cls(*_parse(cls.PATTERN, value, field))

    def __str__(self) -> str:
        return f"clients/{self.client}/models/{self.model}/fits/{self.fit}"


@dataclass(frozen=True, slots=True)
class ScenarioName:
    """``clients/{client}/scenarios/{scenario}``."""

    client: str
    scenario: str
    PATTERN: ClassVar[str] = "clients/{client}/scenarios/{scenario}"

    @classmethod
    def parse(cls, value: str, field: str = "name") -> Self:
        """Parse a name; raises `InvalidInput` naming `field`."""
        return cls(*_parse(cls.PATTERN, value, field))

    def __str__(self) -> str:
        return f"clients/{self.client}/scenarios/{self.scenario}"
