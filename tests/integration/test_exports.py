"""Results as files to take away: through the service, from the real object storage, by their links."""

import asyncio
import csv
import hashlib
import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import grpc
import jsonschema
import numpy as np
import openpyxl
import pytest
import urllib3
from google.rpc.error_details_pb2 import BadRequest

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm_analysis.export_answers import collect
from mmm_analysis.exports import Exporter, ExportFormat
from mmm_analysis.report.content import Content
from mmm_analysis.results import Results
from mmm_core.config import parse_config
from mmm_core.errors import NotFound
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_core.records import fit_key
from mmm_local.object_store import EmbeddedObjectStore
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.links import S3Links
from mmm_store.s3 import S3Store
from tests.analysis_calls import Caller, acting_in, analysis_caller, details
from tests.continued_models import continued, lingering
from tests.fitted_models import panel_fitted_model, random_fitted_model, well_fitted_model
from tests.stored_fits import store_fit

SCHEMA = Path(__file__).parents[2] / "docs" / "results.schema.json"
# A formula, markup, a template and a path, for whoever would take them for that.
HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script><img src=x onerror=alert(2)> {{ 7 * 191 }} ../../x'
CSV, JSON, EXCEL, HTML = (
    analysis_pb2.EXPORT_FORMAT_CSV,
    analysis_pb2.EXPORT_FORMAT_JSON,
    analysis_pb2.EXPORT_FORMAT_EXCEL,
    analysis_pb2.EXPORT_FORMAT_HTML,
)


def _hostile(fit: FittedModel) -> FittedModel:
    """The same fit, whose author calls everything by a hostile name."""
    config = fit.config.model_dump(mode="json")
    config["kpi"]["display_name"] = HOSTILE
    for entry in (*config["channels"], *config["owned_media"]):
        entry["display_name"] = HOSTILE
    components = tuple(replace(one, label=HOSTILE) for one in fit.components)
    return replace(fit, config=parse_config(config), components=components)


def _silent(fit: FittedModel) -> FittedModel:
    """The same fit, when nothing was ever spent."""
    return replace(fit, cost=np.zeros_like(fit.cost))


FITS = {
    "sales": lingering(continued(well_fitted_model(), signals=2)),
    "hostile": _hostile(well_fitted_model(draws=50)),
    "panel": panel_fitted_model(draws=50),
    "orders": random_fitted_model(kpi={"kind": "count", "column": "orders"}),
    "silent": _silent(well_fitted_model(draws=50)),
}


def _name(fit: str) -> str:
    return str(FitName("acme", "exports", fit))


@pytest.fixture(scope="module")
def store(object_store: EmbeddedObjectStore, tmp_path_factory: pytest.TempPathFactory) -> S3Store:
    store = S3Store(object_store.s3)
    for name, fit in FITS.items():
        store_fit(store, FitName.parse(_name(name)), fit, tmp_path_factory.mktemp(name))
    return store


@pytest.fixture
async def call(store: S3Store, object_store: EmbeddedObjectStore, tmp_path: Path) -> AsyncIterator[Caller]:
    async with analysis_caller(store, tmp_path, s3=object_store.s3) as caller:
        yield caller


async def _file(call: Caller, fit: str, wanted: analysis_pb2.ExportFormat, **options: object) -> bytes:
    """Export one file and fetch it by its link, as anybody could."""
    request = wire.ExportResultsRequest(fit=_name(fit), formats=[wanted], **options)
    (file,) = (await call(request)).files
    answer = await asyncio.to_thread(urllib3.request, "GET", file.url)
    assert answer.status == 200
    assert len(answer.data) == file.size_bytes
    assert hashlib.sha256(answer.data).hexdigest() == file.sha256
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{file.file_name}"'
    return answer.data


def _tables(archive: bytes) -> dict[str, list[dict[str, str]]]:
    with ZipFile(io.BytesIO(archive)) as files:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(files.read(name).decode())))
            for name in files.namelist()
        }


def _sheets(workbook: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


# -- what is in them ----------------------------------------------------------------------------------------


async def test_every_format_is_written_by_default_and_named_after_the_fit(call: Caller) -> None:
    files = (await call(wire.ExportResultsRequest(fit=_name("sales")))).files

    assert [file.format for file in files] == [CSV, JSON, EXCEL, HTML]
    assert [file.file_name for file in files] == [
        "stored-tables.zip",
        "stored-results.json",
        "stored-results.xlsx",
        "stored-report.html",
    ]


@pytest.mark.parametrize("fit", FITS)
async def test_the_document_keeps_its_published_schema(call: Caller, fit: str) -> None:
    document = json.loads(await _file(call, fit, JSON))

    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
    assert set(document) == set(schema["properties"])


@pytest.mark.parametrize("fit", FITS)
async def test_every_fit_has_a_report_in_the_words_of_its_kpi(call: Caller, fit: str) -> None:
    shown = " ".join(_Page((await _file(call, fit, HTML)).decode()).shown)

    assert "What to do" in shown
    assert ("Cost per" in shown) == (fit == "orders")
    assert ("Nothing was spent" in shown) == (fit == "silent")


async def test_the_files_hold_the_figures_of_the_answers(call: Caller) -> None:
    window = {"start": "2022-06-06", "end": "2023-06-05"}
    asked = {"window": window, "hurdle": 1.5, "interval_probability": 0.8}
    answer = await call(wire.GetChannelResultsRequest(fit=_name("sales"), **asked))
    contributions = await call(
        wire.GetContributionsRequest(fit=_name("sales"), window=window, interval_probability=0.8)
    )

    document = json.loads(await _file(call, "sales", JSON, **asked))
    tables = _tables(await _file(call, "sales", CSV, **asked))
    sheets = _sheets(await _file(call, "sales", EXCEL, **asked))

    rows = [*answer.channels, answer.total_paid]
    assert [row["roi_lower"] for row in document["channels"]] == [
        row.roi.lower if row.HasField("roi") else None for row in rows
    ]
    assert [row["roi_lower"] for row in tables["channels"]] == [
        repr(row.roi.lower) if row.HasField("roi") else "" for row in rows
    ]
    header, *body = sheets["channels"]
    place = header.index("above_hurdle_probability")
    assert [row[place] for row in body] == [
        row.above_hurdle_probability if row.HasField("above_hurdle_probability") else None for row in rows
    ]
    assert document["about"]["window_start"] == window["start"]
    assert document["about"]["hurdle_marginal_return"] == 1.5
    assert document["about"]["interval_probability"] == 0.8
    totals = {one.name: one.total.mean for one in contributions.components}
    assert {row["component"]: row["total_mean"] for row in document["contribution_totals"]} == totals
    observed = [row for row in tables["contributions"] if row["kind"] == "expected"]
    assert [float(row["observed_kpi"]) for row in observed] == list(contributions.kpi.observed)


async def test_csv_excel_and_json_hold_the_same_tables(call: Caller) -> None:
    document = json.loads(await _file(call, "sales", JSON))
    tables = _tables(await _file(call, "sales", CSV))
    sheets = _sheets(await _file(call, "sales", EXCEL))

    assert set(tables) == set(document) - {"format", "format_version"}
    assert set(sheets) == set(tables) | {"columns"}
    for name in set(tables) - {"about"}:
        assert len(document[name]) == len(tables[name]) == len(sheets[name]) - 1
    assert [name for name, rows in document.items() if rows == []] == ["lift_tests"], "it has none"
    for name in set(tables) - {"about", "lift_tests"}:
        assert sheets[name][0] == tuple(tables[name][0]) == tuple(document[name][0])


async def test_cells_of_a_panel_can_be_chosen(call: Caller) -> None:
    model = FITS["panel"]
    dimension, label = model.config.dimensions[0], model.cells[0][0]
    cells = [wire.DimensionFilter(dimension=dimension, labels=[label])]

    whole = json.loads(await _file(call, "panel", JSON))
    part = json.loads(await _file(call, "panel", JSON, cells=cells))

    assert part["about"]["cells"] == f"{dimension}: {label}"
    assert part["channels"][-1]["spend"] < whole["channels"][-1]["spend"]


# -- what is not -------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """What a browser would load, run, or show of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.shown: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


async def test_a_report_runs_nothing_and_loads_nothing_whatever_people_call_things(call: Caller) -> None:
    text = (await _file(call, "hostile", HTML)).decode()

    page = _Page(text)
    assert not page.tags & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "image"}
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"src", "srcset"}]
    links = {value for name, value in page.attributes if name.endswith("href")}
    assert all(value.startswith("#") for value in links)
    assert "url(" not in re.sub(r"url\(#", "", text)
    assert HOSTILE in "".join(page.shown), "and shows the name as it is"
    assert str(7 * 191) not in "".join(page.shown)
    assert "default-src 'none'" in text


async def test_no_cell_of_a_table_is_a_formula(call: Caller) -> None:
    tables = _tables(await _file(call, "hostile", CSV))
    cells = [cell for rows in tables.values() for row in rows for cell in row.values()]
    assert f"'{HOSTILE}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]

    book = openpyxl.load_workbook(io.BytesIO(await _file(call, "hostile", EXCEL)))
    types = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
    assert not [sheet for sheet in book.worksheets for _ in sheet._hyperlinks]


# -- who gets them, and for how long -----------------------------------------------------------------------


async def test_the_same_question_gets_the_same_file_and_another_one_another(
    call: Caller, store: S3Store
) -> None:
    def stored() -> set[str]:
        return set(store.list_keys(f"{_name('sales')}/exports/"))

    first = await _file(call, "sales", EXCEL, hurdle=2.0)
    before = stored()
    again = await _file(call, "sales", EXCEL, hurdle=2.0, link_seconds=120)

    assert again == first
    assert stored() == before
    assert await _file(call, "sales", EXCEL, hurdle=3.0) != first
    assert stored() > before


async def test_those_who_ask_at_once_get_one_file(call: Caller, store: S3Store) -> None:
    request = wire.ExportResultsRequest(fit=_name("sales"), formats=[CSV], hurdle=4.0)
    before = set(store.list_keys(f"{_name('sales')}/exports/"))

    answers = await asyncio.gather(*(call(request) for _ in range(4)))

    assert len({one.files[0].sha256 for one in answers}) == 1
    written = set(store.list_keys(f"{_name('sales')}/exports/")) - before
    assert len(written) == 2, "a file, and the record that names it"


async def test_another_workspace_gets_nothing(call: Caller) -> None:
    error = await call.refusal(wire.ExportResultsRequest(fit=_name("sales")), workspace="other")
    assert error.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_a_deleted_fit_has_no_files(call: Caller, store: S3Store, tmp_path: Path) -> None:
    name = FitName("acme", "exports", "doomed")
    store_fit(store, name, FITS["hostile"], tmp_path)
    await call(wire.ExportResultsRequest(fit=str(name), formats=[JSON]))
    store.delete(fit_key(name))

    error = await call.refusal(wire.ExportResultsRequest(fit=str(name), formats=[JSON]))

    assert error.code() is grpc.StatusCode.NOT_FOUND


@pytest.fixture
def content(store: S3Store, tmp_path: Path) -> Content:
    results = Results(FitReader(store, ArtifactCache(store, tmp_path / "read")))
    request = wire.ExportResultsRequest(fit=_name("hostile"))
    with acting_in("acme"):
        return collect(results, results.chosen(FitName.parse(_name("hostile")), []), request, 0.9)


def test_a_fit_deleted_while_its_files_are_written_leaves_none(
    store: S3Store, object_store: EmbeddedObjectStore, tmp_path: Path, content: Content
) -> None:
    name = FitName("acme", "exports", "fleeting")
    store_fit(store, name, FITS["hostile"], tmp_path)

    def delete_and_give() -> Content:
        store.delete(fit_key(name))
        return content

    with pytest.raises(NotFound):
        Exporter(store, S3Links(object_store.s3)).export(
            name, "question", [ExportFormat.JSON], delete_and_give, title="Fleeting"
        )
    assert not list(store.list_keys(f"{name}/exports/"))


def test_files_are_written_anew_after_a_day_and_gone_after_two(
    store: S3Store, object_store: EmbeddedObjectStore, tmp_path: Path, content: Content
) -> None:
    name = FitName("acme", "exports", "old")
    store_fit(store, name, FITS["hostile"], tmp_path)

    def export(question: str, day: float) -> str:
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day)
        exporter = Exporter(store, S3Links(object_store.s3), clock=lambda: at)
        (file,) = exporter.export(name, question, [ExportFormat.JSON], lambda: content, title="Old")
        return file.record.key

    first = export("one", 0)
    assert export("one", 0.9) == first
    second = export("one", 1.1)
    assert second != first
    assert export("two", 1.2)
    assert {first, second} < set(store.list_keys(f"{name}/exports/")), "links to the first may still work"

    kept = export("three", 4)
    assert set(store.list_keys(f"{name}/exports/")) == {kept, f"{name}/exports/three/json.json"}


async def test_every_problem_of_a_request_is_told_at_once(call: Caller) -> None:
    error = await call.refusal(
        wire.ExportResultsRequest(
            fit=_name("sales"),
            window={"start": "yesterday"},
            interval_probability=1.5,
            hurdle=-1,
            formats=[CSV, 99],
            link_seconds=5,
        )
    )

    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    fields = {one.field for one in details(error, BadRequest).field_violations}
    assert fields == {"window.start", "interval_probability", "hurdle", "formats[1]", "link_seconds"}
