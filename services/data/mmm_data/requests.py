"""What callers ask for, checked before anything is done."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.names import ClientName, check_id
from mmm_data.ingest import FileFormat, ReadingOptions
from mmm_data.ingest.options import check_options

LONGEST_LABEL = 100
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class UploadRequest:
    """A file about to arrive.

    Attributes
    ----------
    client : str
        Workspace id.
    dataset_id : str
        Wanted id; empty to have one made.
    display_name : str
        How people call it.
    file_name : str
        Name on the caller's side, without folders. A label: nothing is ever stored under it.
    declared : FileFormat or None
        What the caller says it is.
    sha256 : str
        Checksum of the file; empty when the caller gives none.
    request_id : str
        UUID that makes a repeated upload return the first one's result; empty for none.
    options : ReadingOptions
        How to read the file.
    new_version : bool
        Whether the file is a new version of the dataset `dataset_id`, which must exist.
    """

    client: str
    dataset_id: str
    display_name: str
    file_name: str
    declared: FileFormat | None
    sha256: str
    request_id: str
    options: ReadingOptions
    new_version: bool


def check_upload(
    *,
    parent: str,
    dataset_id: str,
    display_name: str,
    file_name: str,
    declared: FileFormat | None,
    sha256: str,
    request_id: str,
    options: ReadingOptions,
    new_version: bool,
) -> UploadRequest:
    """Check a header; raises `InvalidInput` with every problem at once."""
    problems: list[Violation] = []
    options, wrong_options = check_options(options)

    def checked(check: Callable[[], str]) -> str:
        try:
            return check()
        except InvalidInput as error:
            problems.extend(error.violations)
            return ""

    label = safe_label(file_name)
    request = UploadRequest(
        client=checked(lambda: ClientName.parse(parent, "header.parent").client),
        dataset_id=checked(lambda: check_id(dataset_id, "header.dataset_id")) if dataset_id else "",
        display_name=checked(lambda: _display_name(display_name)) or label,
        file_name=label,
        declared=declared,
        sha256=checked(lambda: _sha256(sha256)),
        request_id=checked(lambda: _request_id(request_id)),
        options=options,
        new_version=new_version,
    )
    problems += wrong_options
    if new_version and not dataset_id:
        problems.append(
            Violation(
                "header.dataset_id",
                "is needed for a new version.",
                "Give the last part of the dataset's name.",
                code="MISSING_FIELD",
            )
        )
    if problems:
        raise InvalidInput(problems)
    return request


def safe_label(file_name: str) -> str:
    """Last part of a path, without what cannot be shown, shortened from the left to keep the ending."""
    last = re.split(r"[/\\]", file_name)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-LONGEST_LABEL:].strip()


def _display_name(text: str) -> str:
    if len(text) > LONGEST_LABEL or not text.isprintable():
        raise InvalidInput(
            [
                Violation(
                    "header.display_name",
                    "is too long, or holds signs that cannot be shown.",
                    f"Use at most {LONGEST_LABEL} characters in one line.",
                    shorten(text),
                    "INVALID_DISPLAY_NAME",
                )
            ]
        )
    return text.strip()


def _sha256(text: str) -> str:
    if text and not _SHA256.fullmatch(text):
        raise InvalidInput(
            [
                Violation(
                    "header.sha256",
                    "is not a SHA-256 checksum.",
                    "Give 64 lower-case hexadecimal digits, or leave it empty.",
                    shorten(text),
                    "INVALID_CHECKSUM",
                )
            ]
        )
    return text


def _request_id(text: str) -> str:
    if not text:
        return ""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise InvalidInput(
            [
                Violation(
                    "header.request_id",
                    "is not a UUID.",
                    "Make a new UUID for every upload, or leave it empty.",
                    shorten(text),
                    "INVALID_REQUEST_ID",
                )
            ]
        ) from None


def check_count(value: int, field: str, *, default: int, most: int) -> int:
    """A number from 1 to `most`, or the default for 0; raises `InvalidInput`."""
    if not 0 <= value <= most:
        raise InvalidInput(
            [
                Violation(
                    field,
                    "is out of range.",
                    f"Use 1 to {most}, or 0 for {default}.",
                    str(value),
                    "OUT_OF_RANGE",
                )
            ]
        )
    return value or default
