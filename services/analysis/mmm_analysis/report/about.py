"""What an exported document is about: one row of facts."""

from mmm.common.v1.model_config_pb2 import KpiKind
from mmm_analysis.report.content import Content
from mmm_analysis.report.table import CellType, Column, Layout
from mmm_core.health_words import verdict


def _text(name: str, meaning: str) -> Column:
    return Column(name, meaning, CellType.TEXT, lambda facts: facts[name])


def _number(name: str, meaning: str, type_: CellType = CellType.NUMBER) -> Column:
    return Column(name, meaning, type_, lambda facts: facts[name])


ABOUT = Layout(
    "about",
    "What these results are about",
    (
        _text("fit", "Resource name of the fit."),
        _text("fit_display_name", "How people call it."),
        _text("fit_create_time", "When it was asked for, ISO 8601."),
        _text("dataset", "Resource name of the version of the dataset it was made with."),
        _text("kpi", "How people call the KPI."),
        _text("kpi_kind", "revenue or count."),
        _text("currency", "Currency of money, ISO 4217."),
        _text("window_start", "First day of the window."),
        _text("window_end", "First day of the window's last period."),
        _text("cells", "Cells of a panel that were added up; empty for all."),
        _number("interval_probability", "Mass of the central intervals.", CellType.SHARE),
        _number("hurdle_marginal_return", "What the next unit of money is to return."),
        _number("hurdle_cost_per_unit", "The same as money per KPI unit; for a count KPI."),
        _text("headline", "All paid media together, in plain words."),
        _text("experiment", "Which experiment would pay most, in plain words."),
        _text("health", "Verdict on the fit: Good, Fair or Unusable."),
        _number("r_squared", "In-sample R² of the posterior mean."),
        _number("mape", "In-sample mean absolute percentage error.", CellType.SHARE),
        _number("max_r_hat", "Largest R-hat."),
        _number("min_ess_bulk", "Smallest bulk effective sample size."),
        _number("min_ess_tail", "Smallest tail effective sample size."),
        _number("divergences", "Divergences of the sampler.", CellType.WHOLE),
        _number("chains", "Chains.", CellType.WHOLE),
        _number("draws", "Draws of each chain.", CellType.WHOLE),
        _number("elpd", "Leave-one-out expected log predictive density."),
        _number("elpd_standard_error", "Its standard error."),
        _text("libraries", "Versions of the libraries it was fitted with."),
    ),
)


def facts(content: Content) -> dict[str, object]:
    """Give the one row of `ABOUT`."""
    fit, channels, health = content.fit, content.channels, content.diagnostics
    hurdle, units, chains = channels.hurdle, channels.units, health.convergence
    versions = content.library_versions
    return {
        "fit": fit.name,
        "fit_display_name": fit.display_name,
        "fit_create_time": fit.create_time.isoformat(timespec="seconds"),
        "dataset": fit.dataset,
        "kpi": units.kpi_display_name,
        "kpi_kind": KpiKind.Name(units.kpi_kind).removeprefix("KPI_KIND_").lower(),
        "currency": units.currency,
        "window_start": channels.window.start,
        "window_end": channels.window.end,
        "cells": content.cells,
        "interval_probability": content.probability,
        "hurdle_marginal_return": hurdle.marginal_return,
        "hurdle_cost_per_unit": hurdle.cost_per_unit if hurdle.HasField("cost_per_unit") else None,
        "headline": content.summary.headline,
        "experiment": content.summary.experiment,
        "health": verdict(health.checks),
        "r_squared": health.in_sample_fit.r_squared,
        "mape": health.in_sample_fit.mape,
        "max_r_hat": chains.max_r_hat,
        "min_ess_bulk": chains.min_ess_bulk,
        "min_ess_tail": chains.min_ess_tail,
        "divergences": chains.divergences,
        "chains": chains.chains,
        "draws": chains.draws,
        "elpd": health.loo.elpd if health.HasField("loo") else None,
        "elpd_standard_error": health.loo.standard_error if health.HasField("loo") else None,
        "libraries": ", ".join(f"{name} {version}" for name, version in sorted(versions.items())),
    }
