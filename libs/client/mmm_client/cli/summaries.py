"""Short summaries of a fit's health and of a plan."""

from collections.abc import Iterator

from rich.markup import escape

from mmm.analysis.v1.analysis_pb2 import Diagnostics
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.plans import PlanAnswer
from mmm_core.health_words import counted, verdict


def diagnostics_lines(diagnostics: Diagnostics) -> Iterator[str]:
    """Verdict on a fit, then its key figures."""
    chains, fit = diagnostics.convergence, diagnostics.in_sample_fit
    yield f"[bold]Health: {verdict(diagnostics.checks).lower()}[/]  {counted(diagnostics.checks)}"
    yield (
        f"R-hat {chains.max_r_hat:.3f} · ESS {chains.min_ess_bulk:,.0f} bulk, "
        f"{chains.min_ess_tail:,.0f} tail · {chains.divergences} divergences · "
        f"R² {fit.r_squared:.3f} · MAPE {percent(fit.mape)}"
    )
    if diagnostics.HasField("loo"):
        loo = diagnostics.loo
        yield (
            f"Leave-one-out: elpd {loo.elpd:,.1f}, standard error {loo.standard_error:,.1f} · "
            f"{loo.effective_parameters:.1f} effective parameters · "
            f"largest Pareto k {loo.max_pareto_k:.2f}"
        )


def plan_lines(answer: PlanAnswer) -> Iterator[str]:
    """What the plan gains over the reference split."""
    plan = answer.plan
    yield (
        f"The plan gains {compact(plan.outcome.mean)} {escape(answer.units.kpi_display_name)}, "
        f"{compact(plan.improvement.mean)} more than the same money split as now "
        f"({interval_name(plan.improvement)} {interval(plan.improvement)}; "
        f"better with probability {percent(plan.improvement_probability)})."
    )
