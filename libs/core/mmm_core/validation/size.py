"""Enough rows for what is asked of them."""

from collections.abc import Iterator

from mmm_core.config import PERIODS_PER_YEAR, ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.validation.wording import counted

FEWEST_ROWS = 20
FEW_ROWS_PER_PARAMETER = 3

ADSTOCK_PARAMETERS = {
    "none": 0,
    "geometric": 1,
    "delayed": 2,
    "binomial": 1,
    "weibull_pdf": 2,
    "weibull_cdf": 2,
}
SATURATION_PARAMETERS = {"none": 0, "logistic": 1, "hill": 2, "michaelis_menten": 1, "root": 1}


# Basis functions that a smooth process is made of, about.
PROCESS_PARAMETERS = 10


def check_size(
    config: ModelConfig, periods: int, cells: int, named_events: int, holidays: int
) -> Iterator[Finding]:
    """Too few periods at all, for the parameters, or for a yearly pattern.

    Parameters
    ----------
    config : ModelConfig
        The configuration.
    periods, cells : int
        Size of the panel.
    named_events, holidays : int
        Number of different events in its event column, and of public holidays by name.
    """
    rows = periods * cells
    if periods < FEWEST_ROWS:
        yield Finding(
            Severity.ERROR,
            "TOO_FEW_ROWS",
            config.date_column,
            str(periods),
            f"The data have {counted(periods, 'period')}; a fit needs at least {FEWEST_ROWS}.",
            "Use a longer history; two years or more are good.",
        )
        return
    parameters = parameter_count(config, named_events, cells, holidays)
    if rows < FEW_ROWS_PER_PARAMETER * parameters:
        yield Finding(
            Severity.WARNING,
            "FEW_ROWS_PER_PARAMETER",
            config.date_column,
            f"{rows} rows, {parameters} parameters",
            f"{rows} rows stand against {parameters} parameters, so priors will weigh heavily.",
            f"Use {FEW_ROWS_PER_PARAMETER * parameters} rows or more, or fewer channels, events, "
            "changepoints and seasonal terms.",
        )
    if config.seasonality.yearly_order and periods < PERIODS_PER_YEAR[config.frequency]:
        yield Finding(
            Severity.WARNING,
            "LESS_THAN_A_YEAR",
            "seasonality.yearly_order",
            str(config.seasonality.yearly_order),
            "The data cover less than a year, so a yearly pattern cannot be told from the trend.",
            "Use a longer history, or set seasonality.yearly_order to 0.",
        )


def parameter_count(config: ModelConfig, named_events: int, cells: int, holidays: int = 0) -> int:
    """Number of free parameters of the model, about.

    Parameters
    ----------
    config : ModelConfig
        The configuration.
    named_events : int
        Number of different events in its event column.
    cells : int
        Panel cells; pooled terms count as one for all and a quarter for each, as cells share their strength.
    holidays : int
        Number of different public holidays in the data.
    """
    media = sum(
        1 + ADSTOCK_PARAMETERS[medium.adstock.family] + SATURATION_PARAMETERS[medium.saturation.family]
        for medium in config.media
    )
    signals = sum(1 + ADSTOCK_PARAMETERS[competitor.adstock.family] for competitor in config.competitors)
    signals += sum(
        1 + (ADSTOCK_PARAMETERS[control.adstock.family] if control.adstock else 0)
        for control in config.controls
    )
    trends = {"none": 0, "linear": 1 + config.trend.changepoints, "gaussian_process": PROCESS_PARAMETERS}
    over_time = PROCESS_PARAMETERS if config.media_over_time.kind == "gaussian_process" else 0
    seasonality = 2 * (config.seasonality.yearly_order + config.seasonality.weekly_order)
    calendar = len(config.events) + named_events
    calendar += min(holidays, 1) if config.holidays.grouping == "together" else holidays
    linear = 2 + trends[config.trend.kind] + seasonality + signals + calendar
    pooled = (len(config.media) + linear) * cells // 4 if cells > 1 else 0
    return linear + media + over_time + pooled
