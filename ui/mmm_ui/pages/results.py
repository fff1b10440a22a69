"""Watch a fit and read what came out."""

import streamlit as st

from mmm.analysis.v1.analysis_pb2 import Diagnostics
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.fitting.v1.fitting_pb2 import (
    FIT_STAGE_UNSPECIFIED,
    FIT_STATE_CANCELLED,
    FIT_STATE_FAILED,
    FIT_STATE_SUCCEEDED,
    Fit,
    FitStage,
)
from mmm_client.watching import is_final
from mmm_ui import charts, evidence, health, scores, tables
from mmm_ui.access import client, showing_errors
from mmm_ui.state import answer, choose_fit
from mmm_ui.wording import interval_name, return_words, short

REFRESH_SECONDS = 1.0


def render() -> None:
    """Draw the page."""
    st.title("Results")
    with showing_errors():
        fit = choose_fit(finished_only=False)
        if fit is None:
            st.info("No fit yet. Configure a model and start one.", icon=":material/info:")
        elif fit.state == FIT_STATE_SUCCEEDED:
            _acknowledged(fit)
            _show(fit)
        elif fit.state == FIT_STATE_FAILED:
            st.error(f"The fit failed: {fit.error.message}", icon=":material/error:")
            if fit.error.findings:
                st.dataframe(tables.findings_table(fit.error.findings), hide_index=True)
        elif fit.state == FIT_STATE_CANCELLED:
            st.warning("The fit was cancelled.", icon=":material/cancel:")
        else:
            _watch(fit.name)


def _acknowledged(fit: Fit) -> None:
    """Recall the warnings about the data that were accepted before the fit."""
    warnings = fit.acknowledged_warnings
    if warnings:
        with st.expander(f"Warnings accepted before the fit: {len(warnings)}", icon=":material/warning:"):
            st.dataframe(tables.findings_table(warnings), hide_index=True)


@st.fragment(run_every=REFRESH_SECONDS)
def _watch(name: str) -> None:
    """Show progress; draw the whole page anew once the fit has ended."""
    with showing_errors():
        fit = client().get_fit(name)
        if is_final(fit):
            st.rerun()
        _progress(fit)
        if st.button("Cancel", icon=":material/cancel:", disabled=fit.cancel_requested):
            client().cancel_fit(name)


def _progress(fit: Fit) -> None:
    stage = fit.progress.stage
    words = FitStage.Name(stage).removeprefix("FIT_STAGE_").capitalize()
    waiting = stage == FIT_STAGE_UNSPECIFIED
    st.markdown(
        "**Waiting for a worker**" if waiting else f"**{words}** · {fit.progress.elapsed_seconds:.0f} s"
    )
    if fit.attempt > 1:
        st.caption(f"Taken up again after a worker died (attempt {fit.attempt}).")
    if not fit.progress.chains:
        st.caption("Compiling a new model structure takes longest; it is kept for the next fit.")
    for chain in fit.progress.chains:
        share = chain.finished_draws / chain.total_draws if chain.total_draws else 0.0
        phase = "adapting" if chain.tuning else "drawing"
        st.progress(
            min(share, 1.0),
            text=f"Chain {chain.chain + 1}: {phase}, {chain.finished_draws} of {chain.total_draws} draws, "
            f"{chain.divergences} divergences",
        )


def _show(fit: Fit) -> None:
    name = fit.name
    channels = answer(("channels", name), lambda: client().channel_results(name))
    diagnostics = answer(("diagnostics", name), lambda: client().diagnostics(name))
    _headline(channels, diagnostics)
    returns, contributions, curves, signals, trust = st.tabs(
        ["Returns", "Contributions", "Response curves", "Signals", "Health"]
    )
    with returns:
        _returns(channels)
        evidence.lift_tests(answer(("lift tests", name), lambda: client().lift_tests(name)))
    with contributions:
        _contributions(name)
    with curves:
        _curves(name)
    with signals, showing_errors():
        evidence.signals(answer(("signals", name), lambda: client().signal_effects(name)))
    with trust:
        health.health(diagnostics)
        if fit.result.HasField("holdout"):
            scores.withheld(fit.result.holdout)


def _headline(channels: GetChannelResultsResponse, diagnostics: Diagnostics) -> None:
    words, total = return_words(channels.units), channels.total_paid
    figure = words.of(total)
    fit = diagnostics.in_sample_fit
    left, spend, share, quality, verdict = st.columns(5)
    if figure is not None:
        left.metric(f"{words.title}, all paid media", short(figure.median), border=True)
        left.caption(f"{interval_name(figure.probability)}: {short(figure.lower)} – {short(figure.upper)}")
    spend.metric(f"Spend, {channels.units.currency}", short(total.spend), border=True)
    spend.caption(f"{channels.window.start} to {channels.window.end}")
    share.metric("Paid share of KPI", f"{total.effect_share.median:.1%}", border=True)
    quality.metric("R²", f"{fit.r_squared:.2f}", border=True)
    quality.caption(f"Mean error {fit.mape:.1%}")
    with verdict:
        health.verdict_metric(diagnostics)


def _returns(channels: GetChannelResultsResponse) -> None:
    words = return_words(channels.units)
    probability = channels.total_paid.incremental_outcome.probability
    st.subheader(f"{words.title} by channel")
    st.caption(
        f"Dot: median. Bar: {interval_name(probability)}. Grey is what was believed before; "
        "where green looks like grey, the data said little."
    )
    points = tables.return_points(channels)
    if not points.empty:
        break_even = 1.0 if words.title == "ROI" else None
        st.altair_chart(charts.returns(points, words.title, break_even))
    st.dataframe(
        tables.channel_table(channels),
        hide_index=True,
        column_config={
            "Spend": st.column_config.NumberColumn(format="compact"),
            "Share of spend": st.column_config.NumberColumn(format="percent"),
            "Share of KPI": st.column_config.NumberColumn(format="percent"),
            "Half-life (periods)": st.column_config.NumberColumn(format="%.1f"),
        },
    )


def _contributions(name: str) -> None:
    contributions = answer(("contributions", name), lambda: client().contributions(name))
    st.subheader("What made the KPI, period by period")
    st.altair_chart(charts.contributions(tables.contribution_series(contributions)))
    left, right = st.columns(2)
    with left:
        st.subheader("In total")
        st.altair_chart(charts.totals(tables.contribution_totals(contributions)))
    with right:
        st.subheader("Observed and expected")
        st.caption("Dashed: observed. Green: expected with its interval.")
        st.altair_chart(charts.observed_and_expected(tables.kpi_series(contributions)))


def _curves(name: str) -> None:
    answer_ = answer(("curves", name), lambda: client().response_curves(name))
    st.caption(
        "KPI gained when a channel's spend is multiplied, its timing kept. The dashed line is today's spend; "
        "the curve is dashed where it goes beyond what was ever spent in a period."
    )
    for place in range(0, len(answer_.curves), 2):
        for column, curve in zip(st.columns(2), answer_.curves[place : place + 2], strict=False):
            with column:
                st.markdown(f"**{curve.display_name}**")
                st.altair_chart(charts.response_curve(tables.curve_points(curve), curve.current_spend))
