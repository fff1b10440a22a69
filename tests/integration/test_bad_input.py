"""Bad input over the real wire, through the gateway: a clear error, all problems at once, nothing kept."""

import pandas as pd
import pytest

from mmm.common.v1.common_pb2 import SEVERITY_ERROR
from mmm.optimizer.v1.optimizer_pb2 import ChannelBounds, PlanSettings
from mmm_client import errors
from mmm_core.config import parse_config
from mmm_core.errors import InvalidInput
from tests.simulation import simulate

MIB = 1 << 20


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """A good table, to be spoiled."""
    return simulate(weeks=60).table


@pytest.fixture
def nothing_stored(client):
    """Hold that the workspace has the datasets it had before."""
    before = {dataset.name for dataset in client.list_datasets()}
    yield
    assert {dataset.name for dataset in client.list_datasets()} == before


CSV = "week,sales\n" + "\n".join(f"2024-01-{day:02d},{day}" for day in range(1, 29)) + "\n"
UPLOADS = {
    "empty file": ("weekly.csv", b"", {}, "file"),
    "no rows": ("weekly.csv", b"week,sales\n", {}, "file"),
    "a picture named csv": ("weekly.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), {}, "file"),
    "parquet named csv": ("weekly.csv", b"PAR1" + bytes(200) + b"PAR1", {}, "file"),
    "text named parquet": ("weekly.parquet", CSV.encode(), {}, "file"),
    "ragged rows": ("weekly.csv", b"week,sales\n2024-01-01,1\n2024-01-08,2,3\n", {}, "file"),
    "columns of one name": ("weekly.csv", b"week,week\n2024-01-01,1\n", {}, "file"),
    "a name that leads out": ("weekly.csv", CSV.encode(), {"dataset_id": "../x"}, "dataset_id"),
}


@pytest.mark.parametrize("case", UPLOADS, ids=lambda case: case.replace(" ", "-"))
def test_a_bad_file_is_refused_with_its_place(client, nothing_stored, tmp_path, case):
    file_name, content, options, field = UPLOADS[case]
    path = tmp_path / file_name
    path.write_bytes(content)

    with pytest.raises(errors.InvalidRequest) as caught:
        client.upload(path, **options)

    assert any(field in violation.field for violation in caught.value.violations), caught.value.violations
    assert all(violation.message for violation in caught.value.violations)


def test_a_file_of_300_mb_is_refused_by_its_limit(client, nothing_stored, tmp_path):
    path = tmp_path / "weekly.csv"
    with path.open("wb") as file:
        file.write(b"week,sales\n")
        file.truncate(300 * MIB)

    with pytest.raises(errors.ResourceExhausted, match="256"):
        client.upload(path)


def spoil(table, **changes):
    return table.assign(**changes)


def with_cell(table, column, row, value):
    spoiled = table.astype({column: object})
    spoiled.loc[row, column] = value
    return spoiled


TABLES = {
    "missing column": (
        lambda t: t.rename(columns={"tv_spend": "tv_spent"}),
        "channels[0].spend_column",
        "tv_spent",
    ),
    "not a number": (lambda t: with_cell(t, "tv_spend", 3, "lots"), "tv_spend", "lots"),
    "empty cell": (lambda t: with_cell(t, "sales", 3, None), "sales", ""),
    "date twice": (lambda t: pd.concat([t, t.tail(1)]), "week", "2023"),
    "missing date": (lambda t: t.drop(index=10), "week", "2022-03-14"),
    "negative spend": (lambda t: with_cell(t, "tv_spend", 3, -5.0), "tv_spend", "-5"),
    "constant column": (lambda t: spoil(t, price=7.0), "price", "7"),
    "all-zero channel": (lambda t: spoil(t, tv_spend=0.0), "tv_spend", ""),
}


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.replace(" ", "-"))
def test_bad_data_are_found_and_block_the_fit(client, table, tmp_path, case):
    change, field, value = TABLES[case]
    path = tmp_path / "weekly.csv"
    change(table).to_csv(path, index=False)
    config = simulate(weeks=60).config
    dataset = client.upload(path)
    try:
        found = [f for f in client.validate(dataset.name, config) if f.severity == SEVERITY_ERROR]
        assert any(field in f.field and value in f"{f.value} {f.message} {f.fix}" for f in found), found
        assert all(f.fix for f in found)

        model = client.create_model(dataset.name, config)
        with pytest.raises(errors.InvalidRequest) as caught:
            client.start_fit(model.name)
        assert {v.field for v in caught.value.violations} >= {f.field for f in found}
        assert not list(client.list_fits(model.name))
        client.delete_model(model.name)
    finally:
        client.delete_dataset(dataset.name)


def test_every_problem_of_a_table_comes_in_one_answer(client, table, tmp_path):
    path = tmp_path / "weekly.csv"
    spoiled = with_cell(table.drop(index=10), "sales", 3, "lots").assign(tv_spend=0.0, price=1.0)
    spoiled.to_csv(path, index=False)
    dataset = client.upload(path)
    try:
        found = client.validate(dataset.name, simulate(weeks=60).config)
    finally:
        client.delete_dataset(dataset.name)

    fields = " ".join(f.field for f in found if f.severity == SEVERITY_ERROR)
    assert all(word in fields for word in ("week", "sales", "tv_spend", "price")), fields


def test_an_unknown_field_of_a_configuration_is_named_with_the_nearest():
    with pytest.raises(InvalidInput, match="Did you mean 'seasonality'") as caught:
        parse_config({"date_column": "week", "saisonality": {}})

    assert "saisonality" in {violation.field for violation in caught.value.violations}


@pytest.mark.parametrize(
    "name", ["../x", "clients/default/models/../x", "clients/default/models/M", "clients//models/m"]
)
def test_a_bad_resource_name_is_refused(client, name):
    with pytest.raises(errors.InvalidRequest) as caught:
        client.start_fit(name)

    assert caught.value.violations[0].field == "parent"


def test_an_infeasible_budget_names_the_binding_bounds(client, simulated_fit):
    fit, _ = simulated_fit
    bounds = [ChannelBounds(channel="tv", minimum=800.0), ChannelBounds(channel="video", minimum=700.0)]

    with pytest.raises(errors.FailedPrecondition) as caught:
        client.optimize(fit.name, 1000.0, settings=PlanSettings(bounds=bounds))

    text = " ".join(f"{v.field} {v.message}" for v in caught.value.violations)
    assert "tv" in text
    assert "video" in text
    assert "1,500" in text or "1500" in text


def test_a_fit_that_has_not_succeeded_has_no_results(client):
    with pytest.raises(errors.NotFound):
        client.channel_results("clients/default/models/none/fits/none")
