"""Results as one JSON document, and the schema it keeps."""

import json
from pathlib import Path
from typing import Any

from mmm_analysis.report.about import ABOUT
from mmm_analysis.report.content import Content
from mmm_analysis.report.document import LISTS, about_table, list_tables
from mmm_analysis.report.table import CellType, Column, Layout, Table

FORMAT = "mmm-results"
# Rises when a name or a meaning changes or goes; what is added leaves it.
FORMAT_VERSION = 1

_TYPES: dict[CellType, dict[str, str]] = {
    CellType.TEXT: {"type": "string"},
    CellType.DATE: {"type": "string", "format": "date"},
    CellType.NUMBER: {"type": "number"},
    CellType.SHARE: {"type": "number"},
    CellType.WHOLE: {"type": "integer"},
    CellType.YES_NO: {"type": "boolean"},
}


def write_json(content: Content, path: Path) -> None:
    """Write the document as UTF-8."""
    document: dict[str, Any] = {"format": FORMAT, "format_version": FORMAT_VERSION}
    document[ABOUT.name] = _objects(about_table(content))[0]
    document |= {table.layout.name: _objects(table) for table in list_tables(content)}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def results_schema() -> dict[str, Any]:
    """Give the JSON Schema, draft 2020-12, of the document."""
    lists = {
        layout.name: {"type": "array", "description": f"{layout.title}.", "items": _object_schema(layout)}
        for layout in LISTS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Results of MMM Platform",
        "description": "A figure without a meaning, or without bound, is null. Shares are fractions.",
        "type": "object",
        "required": ["format", "format_version", ABOUT.name, *lists],
        "properties": {
            "format": {"const": FORMAT},
            "format_version": {"const": FORMAT_VERSION},
            ABOUT.name: {"description": f"{ABOUT.title}.", **_object_schema(ABOUT)},
            **lists,
        },
    }


def _objects(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.layout.columns]
    return [dict(zip(names, cells, strict=True)) for cells in table.rows()]


def _object_schema(layout: Layout) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [column.name for column in layout.columns],
        "properties": {column.name: _column_schema(column) for column in layout.columns},
    }


def _column_schema(column: Column) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_TYPES[column.type])
    return {**schema, "type": [schema["type"], "null"], "description": column.meaning}
