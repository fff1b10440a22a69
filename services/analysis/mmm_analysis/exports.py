"""Results written into files to take away, once for each question, and links to them."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from mmm_analysis.report.content import Content
from mmm_analysis.report.csv_archive import write_csv_archive
from mmm_analysis.report.json_document import results_schema, write_json
from mmm_analysis.report.page import template_text, write_page
from mmm_analysis.report.workbook import write_workbook
from mmm_core.errors import Conflict, NotFound, Violation
from mmm_core.names import FitName
from mmm_core.records import (
    ExportRecord,
    export_file_key,
    export_file_time,
    export_key,
    exports_prefix,
    fit_key,
    now,
)
from mmm_core.slugs import slug
from mmm_store.links import Link, Links
from mmm_store.store import Store

SHORTEST_LINK, USUAL_LINK, LONGEST_LINK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# A file is given out for a day and written anew after that; with the longest link, nobody reads it after two.
FRESH = timedelta(days=1)
READ = FRESH + LONGEST_LINK


class ExportFormat(StrEnum):
    """What a file is."""

    CSV = "csv"
    JSON = "json"
    EXCEL = "excel"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class FileKind:
    """How files of a format are written and called."""

    write: Callable[[Content, Path], None]
    ending: str
    media_type: str


FILE_KINDS: dict[ExportFormat, FileKind] = {
    ExportFormat.CSV: FileKind(write_csv_archive, "tables.zip", "application/zip"),
    ExportFormat.JSON: FileKind(write_json, "results.json", "application/json"),
    ExportFormat.EXCEL: FileKind(
        write_workbook, "results.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    ExportFormat.HTML: FileKind(write_page, "report.html", "text/html; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to take away.

    Attributes
    ----------
    format : ExportFormat
        What it is.
    file_name, media_type : str
        What browsers are told.
    record : ExportRecord
        Where it is, its size and its checksum.
    link : Link
        Where to get it.
    """

    format: ExportFormat
    file_name: str
    media_type: str
    record: ExportRecord
    link: Link


def lifetime_problems(seconds: int | None) -> list[Violation]:
    """Find everything that is wrong with how long links are to work."""
    shortest, longest = (int(one.total_seconds()) for one in (SHORTEST_LINK, LONGEST_LINK))
    if seconds is None or shortest <= seconds <= longest:
        return []
    fix = f"Give {shortest} to {longest} seconds."
    return [Violation("link_seconds", "is no time a link may work.", fix, str(seconds), "OUT_OF_RANGE")]


def question_digest(*parts: str) -> str:
    """Digest of everything that decides what a file holds: the given parts, and our layouts."""
    described = [*parts, json.dumps(results_schema()), template_text()]
    return hashlib.sha256("\0".join(described).encode()).hexdigest()


class Exporter:
    """Writes files under the fit, which are deleted with it.

    Parameters
    ----------
    store : Store
        Where files and records are.
    links : Links
        What gives links to them.
    clock : callable
        Gives the present.
    """

    def __init__(self, store: Store, links: Links, clock: Callable[[], datetime] = now) -> None:
        self._store = store
        self._links = links
        self._clock = clock

    def export(
        self,
        fit: FitName,
        question: str,
        formats: Sequence[ExportFormat],
        collect: Callable[[], Content],
        *,
        title: str,
        lifetime: timedelta = USUAL_LINK,
    ) -> list[ExportedFile]:
        """Give files, and write those that are not there yet.

        Parameters
        ----------
        fit : FitName
            The fit.
        question : str
            From `question_digest`.
        formats : sequence of ExportFormat
            What is wanted; nothing for every format.
        collect : callable
            Gives the content; only called when a file is missing.
        title : str
            What files are named after.
        lifetime : timedelta
            How long links work.

        Raises
        ------
        NotFound
            When the fit was deleted meanwhile.
        """
        wanted = [one for one in ExportFormat if one in formats or not formats]
        found = {one: self._record(fit, question, one) for one in wanted}
        missing = [one for one, record in found.items() if record is None]
        if missing:
            content = collect()
            found |= {one: self._write(fit, question, one, content) for one in missing}
            self._refuse_deleted(fit)
            self._drop_old(fit)
        return [
            self._linked(one, record, title, lifetime) for one, record in found.items() if record is not None
        ]

    def _record(self, fit: FitName, question: str, wanted: ExportFormat) -> ExportRecord | None:
        """Read the record of a file; None for one that is not there or no longer fresh."""
        found = self._store.get_record(export_key(fit, question, wanted))
        record = None if found is None else ExportRecord.model_validate(found.value)
        return record if record and self._clock() - record.create_time < FRESH else None

    def _write(self, fit: FitName, question: str, wanted: ExportFormat, content: Content) -> ExportRecord:
        """Store a file under a key of its own, then the record that names it."""
        written = self._clock()
        key = export_file_key(fit, question, wanted, written, uuid4().hex)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            FILE_KINDS[wanted].write(content, path)
            info = self._store.put_artifact(key, path)
        record = ExportRecord(
            key=info.key, size_bytes=info.size_bytes, sha256=info.sha256, create_time=written
        )
        try:
            self._publish(export_key(fit, question, wanted), record)
        except Conflict:
            # Somebody asked the same at the same time, and was faster.
            faster = self._record(fit, question, wanted)
            if faster is not None:
                self._store.delete(key)
                return faster
        return record

    def _publish(self, key: str, record: ExportRecord) -> None:
        """Name a file, instead of one that is no longer fresh; raises `Conflict`."""
        value, before = record.model_dump(mode="json"), self._store.get_record(key)
        if before is None:
            self._store.create_record(key, value)
        elif self._clock() - ExportRecord.model_validate(before.value).create_time < FRESH:
            raise Conflict(f"{key!r} was written by somebody else in between.")
        else:
            self._store.replace_record(key, value, before.etag)

    def _drop_old(self, fit: FitName) -> None:
        """Delete files of the fit that nobody has a working link to, and the records that name them first."""
        keys = list(self._store.list_keys(exports_prefix(fit)))
        times = {key: export_file_time(key) for key in keys}
        old = {key for key, written in times.items() if written and self._clock() - written > READ}
        if old:
            for key in (key for key, written in times.items() if written is None):
                found = self._store.get_record(key)
                if found is not None and ExportRecord.model_validate(found.value).key in old:
                    self._store.delete(key)
        for key in old:
            self._store.delete(key)

    def _refuse_deleted(self, fit: FitName) -> None:
        """Leave nothing behind of a fit that was deleted while its files were written."""
        if self._store.get_record(fit_key(fit)) is None:
            self._store.delete_prefix(exports_prefix(fit))
            raise NotFound("fit", str(fit))

    def _linked(
        self, format_: ExportFormat, record: ExportRecord, title: str, lifetime: timedelta
    ) -> ExportedFile:
        kind = FILE_KINDS[format_]
        name = f"{slug(title).replace('_', '-')}-{kind.ending}"
        link = self._links.link(record.key, file_name=name, media_type=kind.media_type, lifetime=lifetime)
        return ExportedFile(format_, name, kind.media_type, record, link)
