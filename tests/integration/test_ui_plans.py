"""The planning page, against the running platform."""

import pytest

from mmm.analysis.v1.analysis_pb2 import CombinedOutcome
from mmm.optimizer.v1.optimizer_pb2 import HandMadeSpend, PlanSettings
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_ui.wording import short
from tests.fitted_models import panel_fitted_model
from tests.object_store import store_of_stack
from tests.stored_fits import store_fit
from tests.ui_pages import open_as_user
from tests.unit.optimizer.random_fits import steady_fit

PERIODS = 8


@pytest.fixture(scope="module")
def app(local_stack, simulated_fit):
    """The page of the shared fit, with a short horizon."""
    fit, _ = simulated_fit
    with local_stack.client() as client:
        opened = open_as_user(client, "optimize", chosen_fit=fit.name)
        field(opened, "Periods").set_value(PERIODS).run()
        yield opened


@pytest.fixture(scope="module")
def level(local_stack, simulated_fit) -> float:
    """Money of the last year's level over the horizon."""
    fit, _ = simulated_fit
    with local_stack.client() as client:
        plan = client.empty_plan(fit.name, horizon_periods=PERIODS).plan
    return sum(channel.reference_spend for channel in plan.allocations)


@pytest.fixture
def stored(local_stack, tmp_path):
    """Store fits that nobody has to wait for; they are deleted afterwards."""
    names = []

    def store(name: str, fit: FittedModel) -> str:
        names.append(FitName("default", "stored", name))
        (tmp_path / name).mkdir()
        store_fit(store_of_stack(local_stack.state_dir), names[-1], fit, tmp_path / name)
        return str(names[-1])

    yield store
    with local_stack.client() as client:
        for name in names:
            client.delete_fit(str(name))


def field(app, label):
    """A number field by how its label begins."""
    return next(one for one in app.number_input if one.label.startswith(label))


def press(app, mode):
    next(button for button in app.button if button.key == f"ask {mode}").click().run()
    assert not app.exception
    return app


def metrics(app, label):
    return [metric.value for metric in app.metric if metric.label == label]


def tables(app, column):
    return [table.value for table in app.dataframe if column in table.value.columns]


def test_a_budget_begins_with_the_last_years_level_and_gets_its_best_split(app, level):
    assert field(app, "Budget over the horizon").value == pytest.approx(level)
    press(app, "fixed budget")

    assert not app.error
    assert len(metrics(app, "Chance that it is better")) == 1
    assert "No plan that keeps these limits can bring more than" in app.success[0].value
    (split,) = tables(app, "Remark")
    assert split["Plan"].sum() == pytest.approx(level, rel=1e-4)
    (figures,) = tables(app, "Figure")
    assert "Budget met within" in list(figures["Figure"])


def test_what_was_asked_can_be_saved(app, local_stack, simulated_fit):
    fit, _ = simulated_fit
    press(app, "fixed budget")
    next(one for one in app.text_input if one.key == "save fixed budget_name").set_value("Page's plan")
    save = next(button for button in app.button if button.label == "Save scenario")
    save.click().run()

    assert not app.exception
    with local_stack.client() as client:
        (saved,) = [one for one in client.list_scenarios(fit.name) if one.display_name == "Page's plan"]
        assert client.get_scenario(saved.name).optimize_budget.settings.horizon_periods == PERIODS
        client.delete_scenario(saved.name)


def test_a_target_out_of_reach_is_told_with_the_nearest_plan(app):
    field(app, "sales to gain").set_value(1e12).run()
    press(app, "target")

    assert any("No budget in the range reaches" in one.value for one in app.warning)


def test_a_number_that_is_missing_is_asked_for(app):
    field(app, "sales to gain").set_value(None).run()
    press(app, "target")

    assert any("**What is to be reached**" in one.value for one in app.error)


def test_the_plan_by_hand_begins_with_the_last_year(app, level):
    press(app, "by hand")

    *_, grid = [table for table in tables(app, "tv") if len(table) == PERIODS]
    assert grid.drop(columns="Period").to_numpy(dtype=float).sum() == pytest.approx(level)
    assert grid["Period"].is_monotonic_increasing
    assert grid["Period"].is_unique
    assert metrics(app, "Chance that it is better")[-1] == "0%"


def test_the_curve_says_where_money_stops_paying(app):
    app.slider[0].set_value(5).run()
    press(app, "curve")

    assert not app.error
    flags = [one.value for one in (*app.success, *app.warning)]
    assert any("next unit of money" in one for one in flags)


def test_what_was_calculated_before_the_settings_changed_is_marked(app):
    press(app, "fixed budget")
    assert not any("settings have changed" in one.value for one in app.info)
    app.selectbox(key="plan flighting").select_index(1).run()
    assert any("settings have changed" in one.value for one in app.info)
    app.selectbox(key="plan flighting").select_index(0).run()


def test_the_page_and_the_client_agree(app, client, simulated_fit, level):
    fit, _ = simulated_fit
    press(app, "fixed budget")
    settings = PlanSettings(horizon_periods=PERIODS)
    plan = client.optimize(fit.name, level, settings=settings).plan
    (split, *_) = tables(app, "Remark")
    assert split["Plan"].tolist() == pytest.approx([row.spend for row in plan.allocations], rel=1e-3, abs=1)


def test_intervals_are_as_wide_as_asked_for(app):
    def gained():
        return next(one.value for one in app.caption if one.value.startswith("On average"))

    press(app, "fixed budget")
    assert "90% interval" in gained()
    field(app, "Mass of intervals").set_value(50.0).run()
    press(app, "fixed budget")
    assert "50% interval" in gained()
    field(app, "Mass of intervals").set_value(90.0).run()


def test_another_outcome_of_the_same_money_can_count(local_stack, stored):
    sales = stored("sales", steady_fit())
    sign_ups = stored("sign-ups", steady_fit({"column": "sign_ups", "kind": "count"}))
    with local_stack.client() as client:
        page = open_as_user(client, "optimize", chosen_fit=sales)
        field(page, "Periods").set_value(PERIODS).run()
        page.multiselect[0].set_value([sign_ups]).run()
        press(page, "fixed budget")
        assert any("**Other outcomes, row 1, value of a unit**" in one.value for one in page.error)

        field(page, "Value of one sign_ups").set_value(7.0).run()
        press(page, "fixed budget")
        settings = PlanSettings(
            horizon_periods=PERIODS, also=[CombinedOutcome(fit=sign_ups, value_per_unit=7.0)]
        )
        plan = client.optimize(sales, field(page, "Budget over").value, settings=settings).plan
    assert not page.error
    (split,) = tables(page, "Remark")
    assert split["Plan"].tolist() == pytest.approx([row.spend for row in plan.allocations], abs=0.01)
    assert field(page, "Value of all outcomes to gain")


def test_a_panels_plan_by_hand_is_filled_in_by_cell(local_stack, stored):
    name = stored("regions", panel_fitted_model())
    with local_stack.client() as client:
        page = open_as_user(client, "optimize", chosen_fit=name)
        field(page, "Periods").set_value(PERIODS).run()
        toggle = next(one for one in page.toggle if one.label == "By cell of the panel")
        toggle.set_value(True).run()
        press(page, "by hand")
        (grid,) = [table for table in tables(page, "brand") if "Period" in table]
        channels = [column for column in grid.columns if column not in ("Period", "region", "brand")]
        by_cell = [
            HandMadeSpend(channel=channel, cell=cell, spend=rows[channel])
            for cell, rows in grid.groupby(["region", "brand"])
            for channel in channels
        ]
        settings = PlanSettings(horizon_periods=PERIODS)
        plan = client.evaluate_plan(name, by_cell, settings=settings).plan
    assert not page.error
    assert len(grid) == 4 * PERIODS
    # It begins with the last year's level, and comes to what the client is told.
    (split,) = tables(page, "Remark")
    assert split["Plan"].tolist() == pytest.approx(
        [row.reference_spend for row in plan.allocations], abs=0.01
    )
    (gained,) = [one.value for one in page.metric if one.label.endswith(" gained")]
    assert gained == short(plan.outcome.mean)
