"""What becomes of uploaded files."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmm_core.errors import InvalidInput, TooLarge
from mmm_core.records import ColumnType, Layout
from mmm_data.ingest import FileFormat, ReadingOptions, column_records, read_file, write_table
from mmm_data.settings import DataSettings

EXAMPLE = Path(__file__).parents[3] / "examples" / "dt_simulated_weekly" / "dt_simulated_weekly.csv"
DETECTED = ReadingOptions()
WIDE = ReadingOptions(layout=Layout.WIDE)
NUMBER, DATE, TEXT = ColumnType.NUMBER, ColumnType.DATE, ColumnType.TEXT


@pytest.fixture
def read(tmp_path):
    def read(
        content: bytes | Path,
        file_name: str = "",
        declared: FileFormat | None = None,
        options: ReadingOptions = DETECTED,
        **limits: int,
    ):
        path = content
        if isinstance(content, bytes):
            path = tmp_path / "upload"
            path.write_bytes(content)
        return read_file(
            path, file_name=file_name, declared=declared, options=options, settings=DataSettings(**limits)
        ).table

    return read


def types(table: pd.DataFrame) -> dict[str, ColumnType]:
    return {column.name: column.type for column in column_records(table)}


def test_the_example_is_read_with_its_types(read):
    table = read(EXAMPLE, "dt_simulated_weekly.csv")
    expected = dict.fromkeys(table.columns, NUMBER) | {"DATE": DATE, "events": TEXT}
    assert types(table) == expected
    assert len(table) == 208
    assert table["events"].value_counts()["na"] == 206
    assert table["DATE"].iloc[0] == pd.Timestamp("2015-11-23")


@pytest.mark.parametrize(
    "content",
    [
        b"day,tv\n2024-01-01,1.5\n2024-01-08,\n",
        b"\xef\xbb\xbfday,tv\n2024-01-01,1.5\n2024-01-08,\n",
        b"day;tv\r\n2024-01-01;1.5\r\n2024-01-08;\r\n",
        b"day\ttv\n2024-01-01\t1.5\n2024-01-08\tNA",
        b'"day","tv"\n"2024-01-01","1.5"\n"2024-01-08",""\n\n\n',
        b" day , tv\n2024-01-01, 1.5\n2024-01-08, n/a \n",
        b"day,tv\n01.01.2024,1.5\n08.01.2024,\n",
        b"day,tv\r2024-01-01,1.5\r2024-01-08,\r",
    ],
)
def test_common_ways_to_write_a_table_mean_the_same(read, content):
    table = read(content, "t.csv")
    assert list(table["day"]) == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-08")]
    assert table["tv"].iloc[0] == 1.5
    assert np.isnan(table["tv"].iloc[1])


@pytest.mark.parametrize(
    ("cells", "type_"),
    [
        (["1", "-2.5", "+3", "1e3", "", "NaN"], NUMBER),
        (["1", "abc"], TEXT),
        (["1,5", "2"], NUMBER),
        (["1,5", "n.b."], TEXT),
        (["2024-01-01", "2024-01-08T00:00:00"], DATE),
        (["2024-01", "2024-02"], DATE),
        (["13/01/2024", "06/01/2024"], DATE),
        (["01/13/2024", "01/06/2024"], DATE),
        (["01/13/24", "01/20/24"], DATE),
        (["13/01/2024 0:00", "06/01/2024 0:00"], DATE),
        (["20240101", "20240108"], DATE),
        (["20240101", "20241301"], NUMBER),
        (["2024-W05", "2024-W06"], DATE),
        (["Jan-24", "Feb-24"], DATE),
        (["1 Jan 2024", "8 Jan 2024"], DATE),
        (["2024-01-01", "2024-01-32"], TEXT),
        (["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"], TEXT),
        (["na", "event1"], TEXT),
        (["", ""], TEXT),
    ],
)
def test_the_type_of_a_column_follows_from_all_its_cells(read, cells, type_):
    rows = "".join(f"{cell};1\n" for cell in cells)
    assert types(read(f"a;b\n{rows}".encode()))["a"] is type_


def test_a_column_with_a_bad_cell_keeps_its_texts(read):
    assert list(read(b"a,b\n1,1\nabc,2\n")["a"]) == ["1", "abc"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "EMPTY_FILE", "empty"),
        (b"\xef\xbb\xbf \n\n", "EMPTY_FILE", "empty"),
        (b"a,b\n", "NO_ROWS", "no rows"),
        (b"a,b\n\n\n", "NO_ROWS", "no rows"),
        (b"\na,b\n1,2\n", "NO_HEADER", "line 1"),
        (b"2024,1.5,7\n2025,1.7,8\n", "NO_HEADER", "line 1"),
        (b"just words\nmore words\n", "ONE_COLUMN", "semicolons"),
        (b"a,b,a\n1,2,3\n", "DUPLICATE_COLUMN_NAME", "columns 1, 3"),
        (b"a,b\n1,2\n1\n1,2,3\n", "RAGGED_ROWS", "row 3 (1 cell), row 4 (3 cells)"),
        (b"a,b\n" + b"1,2\n" * 3000 + b"\0,2\n", "NOT_TEXT", "line 3002"),
        (b'a,b\n1,2\n1,"x\n1,2\n', "UNCLOSED_QUOTE", "row 3"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "NOT_A_TABLE", "PNG"),
        (b"PK\x03\x04" + b"\0" * 64, "NOT_A_TABLE", "ZIP"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 64, "NOT_A_TABLE", "password"),
        (b"\x7fELF\0\0\0", "NOT_A_TABLE", "binary"),
        (b"PAR1 and no more", "UNREADABLE_FILE", "Parquet"),
        (b"a" * 300 + b",b\n1,2\n", "COLUMN_NAME_TOO_LONG", "300"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_place_and_the_fix(read, content, code, words):
    with pytest.raises(InvalidInput) as caught:
        read(content, "data.csv" if not content.startswith(b"PAR1") else "data.parquet")
    (violation,) = caught.value.violations
    assert (violation.field, violation.code) == ("file", code)
    assert words in f"{violation.message} {violation.fix}"
    assert violation.fix


@pytest.fixture
def parquet(tmp_path) -> Path:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": [1, 2], "b": ["x", None]}), path)
    return path


@pytest.mark.parametrize("name", ["data.csv", "DATA.CSV", "data.xlsx", "data.png"])
def test_parquet_under_another_name_is_refused(read, parquet, name):
    with pytest.raises(InvalidInput) as caught:
        read(parquet, name)
    (violation,) = caught.value.violations
    assert (violation.field, violation.value) == ("header.file_name", name)


def test_every_disagreement_is_named_at_once(read):
    with pytest.raises(InvalidInput) as caught:
        read(b"a,b\n1,2\n", "data.parquet", FileFormat.PARQUET)
    assert [violation.field for violation in caught.value.violations] == ["header.file_name", "header.format"]


@pytest.mark.parametrize("name", ["", "data", "data.parquet", "sales.v2"])
def test_a_name_that_does_not_disagree_is_fine(read, parquet, name):
    assert len(read(parquet, name)) == 2


def test_parquet_columns_become_numbers_dates_and_texts(read, tmp_path):
    path = tmp_path / "typed.parquet"
    frame = pd.DataFrame(
        {
            "whole": pd.Series([1, None], dtype="Int64"),
            "flag": [True, False],
            "day": pd.to_datetime(["2024-01-01", "2024-01-08"]).date,
            "time": pd.to_datetime(["2024-01-01", "2024-01-08"]).tz_localize("UTC"),
            "kind": pd.Categorical(["fair", "fair"]),
            "number_as_text": ["1", "2.5"],
        }
    )
    frame.to_parquet(path)
    table = read(path)
    expected = {"whole": NUMBER, "flag": NUMBER, "day": DATE, "time": DATE, "kind": TEXT}
    assert types(table) == expected | {"number_as_text": NUMBER}


def test_nested_columns_are_refused_by_name(read, tmp_path):
    path = tmp_path / "nested.parquet"
    pq.write_table(pa.table({"a": [1], "b": [[1, 2]], "c": [{"d": 1}]}), path)
    with pytest.raises(InvalidInput) as caught:
        read(path)
    assert [violation.value for violation in caught.value.violations] == ["b", "c"]


@pytest.mark.parametrize(
    ("limits", "words"), [({"max_rows": 2}, "3 rows"), ({"max_columns": 1}, "2 columns")]
)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_limits_on_the_shape(read, tmp_path, limits, words, kind):
    content = b"a,b\n1,2\n1,2\n1,2\n"
    if kind == "parquet":
        write_table(read(content), tmp_path / "t")
        content = (tmp_path / "t").read_bytes()
    with pytest.raises(TooLarge, match=words):
        read(content, **limits)


def test_a_small_file_that_unpacks_to_a_huge_table_is_refused(read, tmp_path):
    path = tmp_path / "bomb.parquet"
    pq.write_table(pa.table({"a": ["x" * 1000] * 100_000}), path)
    assert path.stat().st_size < 100_000
    with pytest.raises(TooLarge, match="MiB when unpacked"):
        read(path, max_table_bytes=10 << 20)


FRAMES = st.lists(
    st.tuples(
        st.floats(allow_infinity=False),
        st.datetimes(min_value=pd.Timestamp("1700-01-01"), max_value=pd.Timestamp("2200-01-01")),
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1).map(
            lambda text: f"text {text}"
        ),
    ),
    min_size=1,
)


@settings(max_examples=30, deadline=None)
@given(FRAMES)
def test_a_stored_table_reads_back_the_same(tmp_path_factory, rows):
    frame = pd.DataFrame(rows, columns=["number", "date", "text"]).astype({"date": "datetime64[us]"})
    path = tmp_path_factory.mktemp("t") / "t.parquet"
    write_table(frame, path)
    again = read_file(path, file_name="", declared=None, options=WIDE, settings=DataSettings())
    assert again.format is FileFormat.PARQUET
    pd.testing.assert_frame_equal(again.table, frame)


@settings(max_examples=30, deadline=None)
@given(FRAMES, st.sampled_from([",", ";", "\t"]))
def test_a_written_csv_reads_back_the_same(tmp_path_factory, rows, delimiter):
    frame = pd.DataFrame(rows, columns=["number", "date", "text"]).astype({"date": "datetime64[us]"})
    frame.loc[len(frame)] = [1.5, pd.Timestamp("2024-12-30"), "text"]
    path = tmp_path_factory.mktemp("t") / "t.csv"
    frame.to_csv(path, sep=delimiter, index=False, date_format="%Y-%m-%dT%H:%M:%S.%f")
    again = read_file(path, file_name="t.csv", declared=None, options=WIDE, settings=DataSettings())
    pd.testing.assert_frame_equal(again.table, frame)
