"""How far a channel's spend may go, in words: no figure where the service gives none."""

import pytest

from mmm.analysis.v1.analysis_pb2 import (
    HURDLE_ORIGIN_AVERAGE_COST,
    HURDLE_ORIGIN_BREAK_EVEN,
    HURDLE_ORIGIN_REQUEST,
    Breakeven,
    Hurdle,
    Units,
)
from mmm_core.advice_words import breakeven_spend, headroom, headroom_with_interval, hurdle_sentence

BEYOND = Breakeven(lower=1500, headroom_lower=0.5, beyond_probability=0.7, explored_multiple=5)
NEVER = Breakeven(
    spend=0, lower=0, upper=400, headroom=-1, headroom_lower=-1, headroom_upper=-0.6, never_probability=0.8
)
WITHIN = Breakeven(
    spend=1300, lower=880, headroom=0.3, headroom_lower=-0.12, beyond_probability=0.06, explored_multiple=5
)
NOWHERE = Breakeven(beyond_probability=1, explored_multiple=5)


@pytest.mark.parametrize(
    ("reach", "spend", "room", "with_interval"),
    [
        (WITHIN, "1.30k", "+30 %", "+30 % (-12 % to beyond 5x now)"),
        (BEYOND, "beyond 5x now", "beyond 5x now", "beyond 5x now (+50 % to beyond 5x now)"),
        (NEVER, "0", "never pays", "never pays (never pays to -60 %)"),
        (NOWHERE, "beyond 5x now", "beyond 5x now", "beyond 5x now"),
    ],
)
def test_a_breakeven_is_a_figure_only_where_there_is_one(reach, spend, room, with_interval):
    assert breakeven_spend(reach) == spend
    assert headroom(reach) == room
    assert headroom_with_interval(reach) == with_interval


def test_a_breakeven_at_what_is_spent_is_no_change():
    assert headroom(Breakeven(spend=999, headroom=-0.001)) == "+0 %"


@pytest.mark.parametrize(
    ("hurdle", "sentence"),
    [
        (
            Hurdle(marginal_return=1, origin=HURDLE_ORIGIN_BREAK_EVEN),
            "Hurdle: the next EUR is to return 1.00 EUR: money is to bring itself back.",
        ),
        (
            Hurdle(marginal_return=0.04, cost_per_unit=25, origin=HURDLE_ORIGIN_AVERAGE_COST),
            "Hurdle: orders for 25.0 EUR each or less, what the next one costs over all paid media.",
        ),
        (
            Hurdle(marginal_return=1.5, origin=HURDLE_ORIGIN_REQUEST),
            "Hurdle: the next EUR is to return 1.50 EUR, as you asked.",
        ),
    ],
)
def test_a_hurdle_says_who_set_it(hurdle, sentence):
    assert hurdle_sentence(hurdle, Units(kpi_display_name="orders", currency="EUR")) == sentence
