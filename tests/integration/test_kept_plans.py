"""Scenarios as people use them: on the command line and on their page, against the running platform."""

import signal

import pytest
from typer.testing import CliRunner

from mmm.optimizer.v1.optimizer_pb2 import ChannelBounds, PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetRequest
from mmm_client.cli import app
from mmm_client.errors import NotFound
from tests.ui_pages import open_as_user

BUDGET = 50_000.0


@pytest.fixture
def mmm(local_stack, monkeypatch):
    """Call the command against the shared stack."""
    monkeypatch.setenv("MMM_ADDRESS", local_stack.running.address)
    monkeypatch.setenv("MMM_TOKEN_FILE", str(local_stack.running.token_file))
    monkeypatch.delenv("MMM_TOKEN", raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    at_termination = signal.getsignal(signal.SIGTERM)
    yield lambda *arguments, **more: CliRunner().invoke(app, [str(a) for a in arguments], **more)
    signal.signal(signal.SIGTERM, at_termination)  # the command sets its own


@pytest.fixture
def kept(client, simulated_fit):
    """Two scenarios of one fit, which are gone after the test."""
    fit, _ = simulated_fit
    bounded = PlanSettings(horizon_periods=8, bounds=[ChannelBounds(channel="tv", maximum=1000.0)])
    scenarios = [
        client.create_scenario(
            OptimizeBudgetRequest(fit=fit.name, total_budget=BUDGET, settings=settings), name, note="Draft"
        )
        for name, settings in (("Free", PlanSettings(horizon_periods=8)), ("Little TV", bounded))
    ]
    yield scenarios
    for scenario in scenarios:
        try:
            client.delete_scenario(scenario.name)
        except NotFound:
            continue


def test_the_command_lists_shows_compares_and_repeats(mmm, kept):
    free, little = kept
    last_part = free.name.rpartition("/")[2]

    listed = mmm("scenario", "list", "--fit", free.fit)
    shown = mmm("scenario", "show", last_part)
    compared = mmm("scenario", "compare", last_part, little.name)
    again = mmm("scenario", "rerun", last_part)

    for result in (listed, shown, compared, again):
        assert result.exit_code == 0, result.output
    assert "Free" in listed.output
    assert "Little TV" in listed.output
    assert "The best split of 50,000" in shown.output
    assert "Draft" in shown.output
    assert "settings.bounds[tv].maximum" in compared.output
    assert "Chance of more" in compared.output
    assert "The plan comes out the same." in again.output


def test_the_command_asks_before_it_deletes(mmm, client, kept):
    name = kept[0].name

    spared = mmm("scenario", "delete", name, input="n\n")
    assert spared.exit_code == 1
    assert client.get_scenario(name) == kept[0]

    deleted = mmm("scenario", "delete", name, "--yes")
    assert deleted.exit_code == 0, deleted.output
    missing = mmm("scenario", "show", name)
    assert missing.exit_code == 1
    assert "does not exist" in missing.output


def test_the_page_opens_repeats_renames_and_deletes(client, kept):
    page = open_as_user(client, "scenarios")
    assert not page.exception
    assert set(page.dataframe[0].value["Scenario"]) >= {"Free", "Little TV"}

    page.selectbox[0].select(kept[0].name).run()
    assert not page.exception
    assert page.subheader[0].value == "Free"
    _press(page, "Run again")
    assert "The plan comes out the same." in [one.value for one in page.success]

    next(field for field in page.text_input if field.label == "Name").set_value("Freely").run()
    _press(page, "Save changes")
    assert not page.exception
    assert client.get_scenario(kept[0].name).display_name == "Freely"

    assert page.subheader[0].value == "Freely", "the page stays with the scenario it showed"

    _press(page, "Delete for good")
    assert not page.exception
    assert kept[0].name not in {one.name for one in client.list_scenarios()}
    assert "Freely" not in set(page.dataframe[0].value["Scenario"])


def test_the_page_compares(client, kept):
    page = open_as_user(client, "scenarios")
    page.multiselect[0].set_value([one.name for one in kept]).run()

    assert not page.exception
    outcomes = next(one.value for one in page.dataframe if "Chance of more" in one.value)
    assert list(outcomes["Scenario"]) == ["Free", "Little TV"]
    assert outcomes["Chance of more"][1] < 0.5
    settings = next(one.value for one in page.dataframe if "Setting" in one.value)
    assert "settings.bounds[tv].maximum" in set(settings["Setting"])


def _press(page, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
