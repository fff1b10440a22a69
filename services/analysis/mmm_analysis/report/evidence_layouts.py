"""Layouts of what the results rest on: signals, lift tests, health, parameters and settings."""

from dataclasses import dataclass

from mmm_analysis.report.table import CellType, Column, Layout, estimate, estimates_from, field, text

SIGNALS = Layout(
    "signals",
    "What competitors, controls and events do to the KPI",
    (
        text("name", "Name of the signal in the configuration."),
        text("display_name", "How people call it."),
        text("kind", "competitor, control or event."),
        field("standard_deviation", "In the data, in its own unit; empty for events."),
        field("positive_probability", "Probability that more of it raises the KPI.", CellType.SHARE),
        *estimate("per_unit", "KPI units that one more of its own unit brings, carryover included."),
        *estimate("per_standard_deviation", "KPI units that a standard deviation more brings."),
        *estimate("half_life_periods", "Periods until half of its effect has been felt."),
    ),
)

LIFT_TESTS = Layout(
    "lift_tests",
    "Experiments the model was calibrated with, measured beside modelled",
    (
        text("display_name", "How people call the test.", column="test"),
        text("channel", "Name of the channel."),
        Column("start", "First day.", CellType.DATE, lambda row: row.dates.start),
        Column("end", "Last day.", CellType.DATE, lambda row: row.dates.end),
        Column("cell", "Panel cell it ran in.", CellType.TEXT, lambda row: " / ".join(row.cell)),
        field("spend_change", "Money spent because of the test."),
        field("measured_lift", "KPI units measured."),
        field("standard_error", "Standard error of the measured lift."),
        *estimate("modelled_lift", "KPI units the fit ascribes to the change of spend."),
        field("distance", "Measured less modelled mean, in standard deviations of the two together."),
    ),
)

HEALTH = Layout(
    "health",
    "How far the fit can be trusted: one row per check",
    (
        text("code", "Code of the check."),
        text("title", "How people call it."),
        text("subject", "What of the fit it is about; empty for all of it."),
        text("status", "pass, info, warn or fail."),
        field("value", "The figure."),
        text("target", "What is asked of it."),
        text("why", "Why it matters."),
        text("advice", "What to do; empty when it passed."),
    ),
)

PARAMETERS = Layout(
    "parameters",
    "Parameters of the model, and how well they were sampled",
    (
        text("parameter", "Name with its coordinates."),
        *estimates_from("estimate", "Posterior.", lambda row: row.estimate),
        field("r_hat", "R-hat: near 1 when chains agree."),
        field("ess_bulk", "Effective sample size in the bulk."),
        field("ess_tail", "Effective sample size in the tails."),
    ),
)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting of the configuration; JSON of its value."""

    path: str
    value: str


SETTINGS = Layout(
    "settings",
    "The configuration the fit was made with",
    (
        Column("setting", "Path in the configuration.", CellType.TEXT, lambda row: row.path),
        Column("value", "JSON of its value.", CellType.TEXT, lambda row: row.value),
    ),
)
