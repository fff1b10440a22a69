import csv

import pytest

from mmm_client.cli.csv_files import write_csv


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_a_text_never_becomes_a_formula(tmp_path, text):
    file = tmp_path / "out.csv"
    write_csv(file, [text], [{text: text}])
    with file.open(newline="", encoding="utf-8") as handle:
        assert list(csv.reader(handle)) == [["'" + text], ["'" + text]]


def test_numbers_stay_numbers_and_missing_values_empty(tmp_path):
    file = tmp_path / "out.csv"
    write_csv(file, ["name", "change", "roi"], [{"name": "TV, “prime”", "change": -0.25, "roi": None}, {}])
    with file.open(newline="", encoding="utf-8") as handle:
        assert list(csv.reader(handle))[1:] == [["TV, “prime”", "-0.25", ""], ["", "", ""]]
