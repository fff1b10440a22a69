"""Encoding of delimited text: UTF-8, UTF-16 with a mark, and Windows-1252 where it is plain to see."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_data.ingest.problems import READING_FIELD

UTF8, WESTERN = "utf-8", "windows-1252"
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHUNK = 1 << 20
_SHOWN_BYTES = 60
# What Windows-1252 text has beyond ASCII: letters of western languages, currency, typographic signs.
_WESTERN_SIGNS = r"ÀÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿÁŒœ"
_PLAUSIBLE = re.compile(rf"[\x00-\x7f{_WESTERN_SIGNS}€£§°²³«»–—‘’“”…·\xa0]*")
# In western languages accented letters stand between plain ones; a longer run is another script.
_RUN = re.compile(rf"[{_WESTERN_SIGNS}]{{3}}")


@contextmanager
def as_utf8(path: Path, declared: str) -> Iterator[tuple[Path, str]]:
    """Give a file as UTF-8, and the name of the encoding it has.

    Raises
    ------
    InvalidInput
        When the encoding is not `declared`, or cannot be told.
    """
    encoding = declared or _detect(path)
    if encoding == UTF8 and not declared:
        yield path, UTF8
        return
    with TemporaryDirectory(prefix="mmm-text-") as folder:
        copy = Path(folder) / "text"
        try:
            _transcode(path, encoding, copy)
        except (UnicodeError, LookupError):
            raise _disagrees(encoding) from None
        yield copy, encoding.removesuffix("-sig")


def canonical_encoding(name: str) -> str:
    """One name for each encoding of text; raises `LookupError` for what is none."""
    "".encode(name)  # knows, unlike codecs.lookup, that base64 is not an encoding of text
    return re.sub(r"^cp(?=125\d$)", "windows-", codecs.lookup(name).name)


def marked_encoding(start: bytes) -> str:
    """Encoding a byte-order mark stands for; empty without one."""
    return next((encoding for mark, encoding in _MARKS.items() if start.startswith(mark)), "")


def _detect(path: Path) -> str:
    with path.open("rb") as file:
        if marked := marked_encoding(file.read(4)):
            return marked
        file.seek(0)
        for number, line in enumerate(file, start=1):
            try:
                line.decode(UTF8)
            except UnicodeDecodeError as error:
                if _is_western(path):
                    return WESTERN
                raise _unclear(number, line, error.start) from None
    return UTF8


def _is_western(path: Path) -> bool:
    try:
        with path.open(encoding=WESTERN) as file:
            return all(_PLAUSIBLE.fullmatch(line) and not _RUN.search(line) for line in file)
    except UnicodeDecodeError:
        return False


def _transcode(path: Path, encoding: str, target: Path) -> None:
    # Lines must end as they do in the file, for row numbers and quoted cells.
    with (
        path.open(encoding=encoding, newline="") as source,
        target.open("w", encoding=UTF8, newline="") as copy,
    ):
        while chunk := source.read(_CHUNK):
            copy.write(chunk)


def _unclear(number: int, line: bytes, place: int) -> InvalidInput:
    shown = line[max(0, place - _SHOWN_BYTES // 2) :][:_SHOWN_BYTES].decode(UTF8, errors="replace").strip()
    return InvalidInput(
        [
            Violation(
                f"{READING_FIELD}.encoding",
                f"is needed: line {number} is not UTF-8 text, and its encoding cannot be told.",
                "Name it, for example windows-1252, windows-1250 (Central Europe), windows-1251 (Cyrillic), "
                "shift_jis or gb18030, or save the file as 'CSV UTF-8'.",
                shorten(shown),
                "UNCLEAR_ENCODING",
            )
        ]
    )


def _disagrees(encoding: str) -> InvalidInput:
    return InvalidInput(
        [
            Violation(
                f"{READING_FIELD}.encoding",
                "is not the encoding of the file.",
                "Leave it empty to have it detected, or name the right one.",
                shorten(encoding),
                "ENCODING_DISAGREES",
            )
        ]
    )
