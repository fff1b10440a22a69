"""Hold fits against each other."""

import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.fitting.v1.fitting_pb2 import Fit
from mmm_client.health import verdict
from mmm_ui import charts
from mmm_ui.access import client, showing_errors
from mmm_ui.state import answer, fits_newest_first, label_of
from mmm_ui.tables import return_points
from mmm_ui.wording import return_words


def render() -> None:
    """Draw the page."""
    st.title("Compare")
    with showing_errors():
        fits = {fit.name: fit for fit in fits_newest_first(finished_only=True)}
        if not fits:
            st.info("No finished fit yet.", icon=":material/info:")
            return
        names = list(fits)
        chosen = st.multiselect("Fits", names, default=names[:2], format_func=lambda n: label_of(fits[n]))
        if chosen:
            _show([fits[name] for name in chosen])


def _show(fits: list[Fit]) -> None:
    st.dataframe(pd.DataFrame([_quality(fit) for fit in fits]), hide_index=True)
    st.caption(
        "Leave-one-out (elpd): how well each observation is predicted from all others. Higher is better, "
        "between fits of the same KPI and periods that differ by several standard errors."
    )
    answers = [_channels(fit.name) for fit in fits]
    words = return_words(answers[0].units)
    frames = []
    for fit, channels in zip(fits, answers, strict=True):
        points = return_points(channels)
        if not points.empty and return_words(channels.units) == words:
            frames.append(points.loc[points["source"] == "Posterior"].assign(fit=label_of(fit)))
    if frames:
        st.subheader(f"{words.title} by channel")
        st.altair_chart(charts.comparison(pd.concat(frames), words.title))


def _channels(name: str) -> GetChannelResultsResponse:
    return answer(("channels", name), lambda: client().channel_results(name))


def _quality(fit: Fit) -> dict[str, object]:
    convergence, quality = fit.result.convergence, fit.result.in_sample_fit
    diagnostics = answer(("diagnostics", fit.name), lambda: client().diagnostics(fit.name))
    holdout = fit.result.holdout if fit.result.HasField("holdout") else None
    loo = diagnostics.loo if diagnostics.HasField("loo") else None
    return {
        "Fit": label_of(fit),
        "Health": verdict(diagnostics.checks),
        "R²": quality.r_squared,
        "Mean error": quality.mape,
        "Leave-one-out": loo.elpd if loo else None,
        "Standard error": loo.standard_error if loo else None,
        "Withheld MAPE": holdout.score.mape if holdout else None,
        "Withheld CRPS": holdout.score.crps if holdout else None,
        "Largest R-hat": convergence.max_r_hat,
        "Smallest bulk ESS": convergence.min_ess_bulk,
        "Divergences": convergence.divergences,
        "Sampler": fit.result.sampler,
    }
