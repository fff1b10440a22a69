"""Data with known truth: to see whether a design can be recovered, and to hold estimates against.

::

    data = generate(SimulationDesign(periods=104, demand=Demand(confounding=0.5)), seed=7)
    data.table, data.config          what a user would upload, and how it is described
    media_truth(data.truth)          true ROI, marginal ROI, contributions and response curves

A design says what share of the KPI each medium brings and at what return, so spend follows; everything
else is given as a share of the average KPI, so a design fits any scale.
"""

from mmm_core.simulation.amounts import Amount, exactly
from mmm_core.simulation.baseline_design import (
    CompetitorDesign,
    ControlDesign,
    Demand,
    EventDesign,
    HolidaysDesign,
    KpiDesign,
    NoiseDesign,
    Panel,
    SeasonalityDesign,
    TrendDesign,
)
from mmm_core.simulation.design import LiftTestDesign, PriorDesign, SimulationDesign
from mmm_core.simulation.generate import SimulatedData, expected_by_cell, generate
from mmm_core.simulation.load import parse_design, parse_design_text
from mmm_core.simulation.media_design import (
    AdstockTruth,
    ChannelDesign,
    Exposure,
    MediaOverTimeDesign,
    OwnedDesign,
    Pattern,
    SaturationTruth,
)
from mmm_core.simulation.report import truth_report
from mmm_core.simulation.truth import CurvePoint, MediumTruth, Returns, TermTruth, media_truth, term_truth

__all__ = [
    "AdstockTruth",
    "Amount",
    "ChannelDesign",
    "CompetitorDesign",
    "ControlDesign",
    "CurvePoint",
    "Demand",
    "EventDesign",
    "Exposure",
    "HolidaysDesign",
    "KpiDesign",
    "LiftTestDesign",
    "MediaOverTimeDesign",
    "MediumTruth",
    "NoiseDesign",
    "OwnedDesign",
    "Panel",
    "Pattern",
    "PriorDesign",
    "Returns",
    "SaturationTruth",
    "SeasonalityDesign",
    "SimulatedData",
    "SimulationDesign",
    "TermTruth",
    "TrendDesign",
    "exactly",
    "expected_by_cell",
    "generate",
    "media_truth",
    "parse_design",
    "parse_design_text",
    "term_truth",
    "truth_report",
]
