"""Validation and models read dates and labels alike."""

import numpy as np
import pandas as pd
import pytest

from mmm_core.column_values import read_labels
from mmm_core.config import ModelConfig, parse_config
from mmm_core.findings import has_errors
from mmm_core.signals import build_model_data
from mmm_core.validation import validate_table

WEEKS = pd.date_range("2023-01-02", periods=60, freq="7D")


def config(**changes: object) -> ModelConfig:
    return parse_config(
        {
            "date_column": "week",
            "kpi": {"column": "sales", "kind": "revenue"},
            "channels": [
                {"name": "tv", "spend_column": "tv", "roi_prior": {"low": 0.5, "mid": 1, "high": 2}}
            ],
            "trend": {"changepoints": 0},
            "seasonality": {"yearly_order": 1},
        }
        | changes
    )


def table() -> pd.DataFrame:
    random = np.random.default_rng(3)
    values = {"sales": random.uniform(80, 120, len(WEEKS)), "tv": random.uniform(1, 10, len(WEEKS))}
    return pd.DataFrame({"week": WEEKS} | values)


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%y", "%d.%m.%Y", "%Y%m%d", "%d %b %Y"])
def test_dates_as_text_mean_the_same_to_validation_and_to_the_model(form):
    data = table()
    data["week"] = data["week"].dt.strftime(form)

    assert not has_errors(validate_table(data, config()))
    assert list(build_model_data(config(), data).dates) == list(WEEKS.to_numpy().astype("datetime64[D]"))


def test_dates_that_validation_refuses_are_not_guessed_by_the_model():
    data = table()[:8]
    data["week"] = [f"0{day}/0{9 - day}/2024" for day in range(1, 9)]

    assert "AMBIGUOUS_DATES" in {finding.code for finding in validate_table(data, config())}
    with pytest.raises(ValueError, match="'week' holds no dates"):
        build_model_data(config(), data)


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        ([1.0, 2.0], ["1", "2"]),
        ([10.0, None], ["10", ""]),
        ([1.5, 2.0], ["1.5", "2"]),
        ([1e15, -0.25], ["1000000000000000", "-0.25"]),
        ([1, 2], ["1", "2"]),
        (["01", None], ["01", ""]),
    ],
)
@pytest.mark.parametrize("as_category", [False, True])
def test_labels_that_are_numbers_read_as_people_write_them(cells, labels, as_category):
    column = pd.Series(cells, dtype="category" if as_category else None)
    assert read_labels(column).tolist() == labels


def test_cells_of_a_panel_are_called_by_whole_numbers():
    panel = pd.concat([table().assign(store=float(store)) for store in (1, 10, 2)], ignore_index=True)
    panel["sales"] += np.random.default_rng(4).uniform(0, 20, len(panel))
    of_store = config(dimensions=["store"])

    assert not has_errors(validate_table(panel, of_store))
    assert build_model_data(of_store, panel).cells == (("1",), ("10",), ("2",))
