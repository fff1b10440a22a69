"""Requests of the analysis service answered: parse, call one domain function, write the answer."""

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm_analysis.advice import threshold_problems, thresholds_of
from mmm_analysis.combination import combine, common_dates, outcomes_of
from mmm_analysis.comparison import Candidate, compare
from mmm_analysis.contributions import Resolution, contributions
from mmm_analysis.curves import carryover_curves, channel_curves
from mmm_analysis.evidence_messages import (
    forecast_to_proto,
    health_to_proto,
    lift_tests_to_proto,
    signals_to_proto,
)
from mmm_analysis.fit_requests import (
    chosen_fit,
    filters_of,
    fit_of,
    hurdle_of_request,
    optional,
    owned,
)
from mmm_analysis.forecasts import FutureTables, forecast_kpi
from mmm_analysis.health import health
from mmm_analysis.hurdles import HurdleQuestion, positive
from mmm_analysis.lift_tests import lift_tests
from mmm_analysis.messages import (
    carryover_to_proto,
    channels_to_proto,
    contributions_to_proto,
    curves_to_proto,
)
from mmm_analysis.requests import (
    combined_window,
    curve_question,
    fit_names,
    probability_of,
    question,
)
from mmm_analysis.results import Results
from mmm_analysis.signals import signal_effects
from mmm_analysis.summary import summarise
from mmm_analysis.summary_messages import combination_to_proto, comparison_to_proto, summary_to_proto
from mmm_core.names import parse_dataset_name
from mmm_core.quantities import whole
from mmm_service.principal import require_workspace

_RESOLUTIONS = {
    analysis_pb2.RESOLUTION_MONTH: Resolution.MONTH,
    analysis_pb2.RESOLUTION_QUARTER: Resolution.QUARTER,
    analysis_pb2.RESOLUTION_YEAR: Resolution.YEAR,
}


def contributions_answer(
    results: Results, request: wire.GetContributionsRequest
) -> wire.GetContributionsResponse:
    """Split the expected KPI into its components."""
    chosen = chosen_fit(results, request)

    def compute() -> wire.GetContributionsResponse:
        asked = question(chosen.model, request.window, optional(request, "interval_probability"))
        resolution = _RESOLUTIONS.get(request.resolution)
        return contributions_to_proto(contributions(chosen.model, asked, resolution), chosen.model.config)

    return results.answer([chosen.stored], request, compute)


def channels_answer(
    results: Results, request: wire.GetChannelResultsRequest
) -> wire.GetChannelResultsResponse:
    """Give the channel table."""
    chosen = chosen_fit(results, request)

    def compute() -> wire.GetChannelResultsResponse:
        hurdle = hurdle_of_request(request)
        asked = question(
            chosen.model, request.window, optional(request, "interval_probability"), hurdle=hurdle
        )
        table = results.table(chosen, asked.window, hurdle, asked.probability)
        return channels_to_proto(table, chosen.model, asked.window)

    return results.answer([chosen.stored], request, compute)


def curves_answer(results: Results, request: wire.GetResponseCurvesRequest) -> wire.GetResponseCurvesResponse:
    """Give response curves."""
    chosen = chosen_fit(results, request)

    def compute() -> wire.GetResponseCurvesResponse:
        hurdle = hurdle_of_request(request)
        asked = curve_question(
            chosen.model,
            request.window,
            optional(request, "interval_probability"),
            list(request.channels),
            list(request.multipliers),
            hurdle=hurdle,
        )
        explored = results.window(chosen, asked.window, hurdle)
        return curves_to_proto(channel_curves(explored, asked), chosen.model.config)

    return results.answer([chosen.stored], request, compute)


def carryover_answer(results: Results, request: wire.GetCarryoverRequest) -> wire.GetCarryoverResponse:
    """Say how effects are spread over time."""
    chosen = chosen_fit(results, request)
    probability = probability_of(optional(request, "interval_probability"))
    return results.answer(
        [chosen.stored], request, lambda: carryover_to_proto(carryover_curves(chosen.model, probability))
    )


def summary_answer(results: Results, request: wire.GetSummaryRequest) -> wire.GetSummaryResponse:
    """Give the executive summary."""
    chosen = chosen_fit(results, request)

    def compute() -> wire.GetSummaryResponse:
        hurdle = hurdle_of_request(request)
        limits = thresholds_of(
            optional(request, "increase_probability"), optional(request, "reduce_probability")
        )
        asked = question(
            chosen.model,
            request.window,
            optional(request, "interval_probability"),
            hurdle=hurdle,
            also=threshold_problems(limits),
        )
        table = results.table(chosen, asked.window, hurdle, asked.probability)
        summary = summarise(chosen.model, asked.window, table, limits)
        return summary_to_proto(summary, chosen.model, asked.window)

    return results.answer([chosen.stored], request, compute)


def comparison_answer(results: Results, request: wire.CompareFitsRequest) -> wire.CompareFitsResponse:
    """Hold fits against each other."""
    names = [owned(name) for name in fit_names("fits", list(request.fits))]
    probability = probability_of(optional(request, "interval_probability"))
    chosen = [results.chosen(name, []) for name in names]

    def compute() -> wire.CompareFitsResponse:
        candidates = [
            Candidate(
                one.stored,
                one.model,
                health(results.reader, one.stored, probability),
                results.window(one, whole(one.model), HurdleQuestion()),
            )
            for one in chosen
        ]
        return comparison_to_proto(compare(candidates, probability))

    return results.answer([one.stored for one in chosen], request, compute)


def combination_answer(
    results: Results, request: wire.GetCombinedResultsRequest
) -> wire.GetCombinedResultsResponse:
    """Weigh several outcomes by value."""
    names = [owned(name) for name in fit_names("outcomes", [one.fit for one in request.outcomes])]
    probability = probability_of(optional(request, "interval_probability"))
    hurdle = positive("hurdle", optional(request, "hurdle"), default=1.0)
    chosen = [results.chosen(name, []) for name in names]

    def compute() -> wire.GetCombinedResultsResponse:
        values = [optional(one, "value_per_unit") for one in request.outcomes]
        outcomes = outcomes_of([one.model for one in chosen], values)
        start, end = combined_window(common_dates(outcomes), request.window)
        combination = combine(outcomes, start, end, hurdle=hurdle, probability=probability)
        return combination_to_proto(
            combination,
            [outcome.fit for outcome in outcomes],
            (str(start), str(end)),
            [outcome.value for outcome in outcomes],
        )

    return results.answer([one.stored for one in chosen], request, compute)


def lift_tests_answer(results: Results, request: wire.GetLiftTestsRequest) -> wire.GetLiftTestsResponse:
    """Give lift tests, measured beside modelled."""
    probability = probability_of(optional(request, "interval_probability"))
    fit = results.reader.load(fit_of(request))
    return lift_tests_to_proto(lift_tests(fit, probability), fit.config)


def signals_answer(results: Results, request: wire.GetSignalEffectsRequest) -> wire.GetSignalEffectsResponse:
    """Give effects of competitors, controls and events."""
    chosen = chosen_fit(results, request).model
    probability = probability_of(optional(request, "interval_probability"))
    return signals_to_proto(signal_effects(chosen, probability), chosen.config)


def forecast_answer(
    results: Results, futures: FutureTables, request: wire.ForecastKpiRequest
) -> wire.ForecastKpiResponse:
    """Foretell the KPI."""
    name, dataset = fit_of(request), parse_dataset_name(request.dataset, "dataset")
    require_workspace(dataset.client)
    probability = probability_of(optional(request, "interval_probability"))
    fit, table = results.reader.load(name), futures.read(dataset)
    return forecast_to_proto(forecast_kpi(fit, table, filters_of(request), probability), fit.config)


def diagnostics_answer(results: Results, request: wire.GetDiagnosticsRequest) -> analysis_pb2.Diagnostics:
    """Give diagnostics."""
    stored = results.reader.stored(fit_of(request))
    probability = probability_of(optional(request, "interval_probability"))
    return results.answer(
        [stored], request, lambda: health_to_proto(health(results.reader, stored, probability))
    )
