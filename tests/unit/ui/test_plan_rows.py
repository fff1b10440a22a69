"""Tables of the planning page as parts of a question."""

import numpy as np
import pandas as pd
import pytest

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.analysis.v1.analysis_service_pb2 import DimensionFilter
from mmm.optimizer.v1.optimizer_pb2 import (
    CellBudget,
    ChannelBounds,
    ChannelFlight,
    ChannelRatio,
    CostChange,
    GroupBounds,
    HandMadeSpend,
    PeriodBudget,
    PlanSettings,
)
from mmm.optimizer.v1.optimizer_service_pb2 import EvaluatePlanRequest
from mmm_core.errors import InvalidInput
from mmm_ui.plan_by_hand import amounts_of_file
from mmm_ui.plan_context import PlanContext
from mmm_ui.plan_fields import field_in_words
from mmm_ui.plan_rows import (
    bounds_of,
    cell_budgets_of,
    costs_of,
    flights_of,
    groups_of,
    period_budgets_of,
    ratios_of,
    spends_of,
)

NOTHING = float("nan")


def table(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split(", "))


def test_only_channels_with_a_limit_are_limited():
    given = table(
        "channel, At least, At most, At least %, At most %, Or nothing",
        ("tv", NOTHING, NOTHING, NOTHING, NOTHING, False),
        ("print", 0.0, 500.0, NOTHING, NOTHING, False),
        ("search", None, None, -30.0, 50.0, True),
    )
    assert bounds_of(given) == [
        ChannelBounds(channel="print", minimum=0, maximum=500),
        ChannelBounds(channel="search", minimum_change=-0.3, maximum_change=0.5, or_nothing=True),
    ]


def test_groups_are_read_whatever_the_editor_gives_for_lists_and_nothing():
    given = table(
        "Name, Channels, At least, At most, At least %, At most %",
        ("Digital", ["search", "video"], None, 900.0, 25.0, None),
        (None, np.array(["tv", "print"], dtype=object), None, None, None, 60.0),
        (None, None, None, None, None, None),
        ("", [], NOTHING, NOTHING, NOTHING, NOTHING),
    )
    assert groups_of(given) == [
        GroupBounds(display_name="Digital", channels=["search", "video"], maximum=900, minimum_share=0.25),
        GroupBounds(channels=["tv", "print"], maximum_share=0.6),
    ]


def test_half_a_row_is_sent_so_that_the_platform_says_what_is_missing():
    columns = "Channel, Compared with, At least, At most"
    assert ratios_of(table(columns, ("tv", None, 0.5, NOTHING), (None, None, NOTHING, NOTHING))) == [
        ChannelRatio(channel="tv", minimum=0.5)
    ]


@pytest.mark.parametrize(("first", "last"), [(3.0, 3.0), (3.0, NOTHING), (None, 3.0)])
def test_a_single_period_may_be_given_once(first, last):
    given = table("From period, To period, At least, At most", (first, last, 10.0, 20.0))
    assert period_budgets_of(given) == [PeriodBudget(first_period=3, last_period=3, minimum=10, maximum=20)]


def test_a_dimension_without_labels_allows_all():
    given = table("region, brand, At least, At most", (["North"], None, NOTHING, 5.0))
    assert cell_budgets_of(given, ["region", "brand"]) == [
        CellBudget(cells=[DimensionFilter(dimension="region", labels=["North"])], maximum=5)
    ]


def test_prices_rise_by_year_by_index_or_both():
    rises = table("channel, Rise per year %", ("tv", 5.0), ("print", NOTHING), ("search", NOTHING))
    index = pd.DataFrame({"tv": [NOTHING, NOTHING], "print": [NOTHING, 1.2], "search": [NOTHING, NOTHING]})
    assert costs_of(rises, index) == [
        CostChange(channel="tv", yearly_inflation=0.05),
        CostChange(channel="print", index=[1.0, 1.2]),
    ]


def test_a_channel_without_weights_has_no_flighting_of_its_own():
    weights = pd.DataFrame({"tv": [2.0, NOTHING, 1.0], "print": [NOTHING] * 3})
    assert flights_of(weights) == [ChannelFlight(channel="tv", weights=[2.0, 0.0, 1.0])]


def test_an_empty_cell_of_a_plan_is_nothing():
    grid = pd.DataFrame({"tv": [10.0, NOTHING], "print": [0.0, 5.0]}, index=["2024-01-01", "2024-01-08"])
    assert spends_of(grid, ["tv", "print"]) == [
        HandMadeSpend(channel="tv", spend=[10, 0]),
        HandMadeSpend(channel="print", spend=[0, 5]),
    ]


def test_a_plan_by_cell_has_a_row_for_every_cell_and_channel():
    grid = table(
        "Period, region, store, tv",
        ("2024-01-01", "north", 1, 10.0),
        ("2024-01-01", "south", 1, 1.0),
        ("2024-01-08", "north", 1, 20.0),
        ("2024-01-08", "south", 1, None),
    )
    assert spends_of(grid, ["tv"], ["region", "store"]) == [
        HandMadeSpend(channel="tv", cell=["north", "1"], spend=[10, 20]),
        HandMadeSpend(channel="tv", cell=["south", "1"], spend=[1, 0]),
    ]


WEEKS = ["2024-01-01", "2024-01-08"]


def planning(cells: dict[str, list[str]] | None = None) -> PlanContext:
    """A fit with two channels, as the page knows it."""
    channels = {"tv": "Television", "print": "Print"}
    return PlanContext("f", Units(), True, channels, {"tv": 1.0, "print": 2.0}, 52, cells or {})


def test_a_file_fills_the_plan_and_leaves_nothing_for_channels_it_does_not_have():
    amounts = amounts_of_file("date,print\n2024-01-01,5\n2024-01-08,6\n", "plan.csv", planning(), WEEKS)
    assert amounts.to_dict("list") == {"Period": WEEKS, "tv": [0.0, 0.0], "print": [5.0, 6.0]}


def test_a_file_with_a_column_for_each_dimension_fills_the_cells():
    panel = planning({"region": ["north", "south"]})
    text = "date,region,tv\n2024-01-01,north,1\n2024-01-01,south,2\n2024-01-08,north,3\n2024-01-08,south,4\n"
    amounts = amounts_of_file(text, "plan.csv", panel, WEEKS)
    assert amounts["region"].tolist() == ["north", "north", "south", "south"]
    assert amounts["tv"].tolist() == [1, 3, 2, 4]
    assert amounts["Period"].tolist() == WEEKS * 2


def test_a_file_that_does_not_fit_is_refused_with_everything_that_is_wrong():
    with pytest.raises(InvalidInput) as raised:
        amounts_of_file("tv,radio\n1,2\n", "plan.csv", planning(), WEEKS)
    assert [violation.code for violation in raised.value.violations] == ["UNKNOWN_CHANNEL", "WRONG_LENGTH"]


def test_a_cell_with_another_number_of_periods_is_named():
    panel = planning({"region": ["north", "south"]})
    with pytest.raises(InvalidInput) as raised:
        amounts_of_file("region,tv\nnorth,1\nnorth,3\nsouth,4\n", "plan.csv", panel, WEEKS)
    (violation,) = raised.value.violations
    assert violation.field == "plan.csv, south"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("bounds[1].minimum", "Limits, Television, at least"),
        ("bounds[0].channel", "Limits, radio"),
        ("groups[2].maximum_share", "Groups, row 3, at most %"),
        ("demand_index[4]", "Demand, row 5"),
        ("spends[0].spend", "Plan by hand, Television, north"),
        ("also[1].value_per_unit", "Other outcomes, row 2, value of a unit"),
        ("total_budget", "Budget"),
        ("something_new[0].else", "something_new[0].else"),
    ],
)
def test_an_error_is_placed_where_people_filled_it_in(field, words):
    bounds = [ChannelBounds(channel="radio"), ChannelBounds(channel="tv")]
    spends = [HandMadeSpend(channel="tv", cell=["north"])]
    question = EvaluatePlanRequest(spends=spends, settings=PlanSettings(bounds=bounds))
    assert field_in_words(field, question, {"tv": "Television"}) == words
