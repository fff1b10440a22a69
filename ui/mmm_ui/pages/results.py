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
from mmm_core.return_words import return_words
from mmm_ui import (
    carryover_views,
    contribution_views,
    curve_views,
    evidence,
    health,
    return_views,
    scores,
    summary_views,
    tables,
)
from mmm_ui.access import client, showing_errors
from mmm_ui.result_controls import choose_question
from mmm_ui.state import answer, choose_fit
from mmm_ui.wording import interval_name, short

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
    question = choose_question(fit)
    channels = question.channels()
    diagnostics = answer(("diagnostics", name), lambda: client().diagnostics(name))
    _headline(channels, diagnostics)
    summary, returns, contributions, curves, carryover, signals, trust = st.tabs(
        ["Summary", "Returns", "Contributions", "Response curves", "Carryover", "Signals", "Health"]
    )
    with summary:
        summary_views.summary(question.summary())
    with returns:
        return_views.returns(channels)
        evidence.lift_tests(answer(("lift tests", name), lambda: client().lift_tests(name)))
    with contributions:
        contribution_views.contributions(question)
    with curves:
        curve_views.curves(question.curves(), channels)
    with carryover:
        carryover_views.carryover(question.carryover())
    with signals, showing_errors():
        evidence.signals(question.signals())
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
