"""One-line summaries of a fit's health and of a plan."""

from collections.abc import Iterator

from rich.markup import escape

from mmm.analysis.v1.analysis_pb2 import CHECK_STATUS_FAIL, CHECK_STATUS_WARN, Diagnostics
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_client.cli.numbers import compact, interval, interval_name, percent

_STYLES = {CHECK_STATUS_WARN: "yellow", CHECK_STATUS_FAIL: "bold red"}


def diagnostics_lines(diagnostics: Diagnostics) -> Iterator[str]:
    """Key figures on one line, then the advice of every check that did not pass."""
    chains, fit = diagnostics.convergence, diagnostics.in_sample_fit
    yield (
        f"[bold]Diagnostics[/]  R-hat {chains.max_r_hat:.3f} · ESS {chains.min_ess_bulk:,.0f} bulk, "
        f"{chains.min_ess_tail:,.0f} tail · {chains.divergences} divergences · "
        f"R² {fit.r_squared:.3f} · MAPE {percent(fit.mape)}"
    )
    for check in diagnostics.checks:
        if style := _STYLES.get(check.status):
            figure = f"{check.value:.4g}, wanted {escape(check.target)}."
            yield f"[{style}]{escape(check.code)}[/] {figure} {escape(check.advice)}"


def plan_lines(answer: OptimizeBudgetResponse) -> Iterator[str]:
    """What the plan gains over the reference split."""
    plan = answer.plan
    yield (
        f"The plan gains {compact(plan.outcome.mean)} {escape(answer.units.kpi_display_name)}, "
        f"{compact(plan.improvement.mean)} more than the same money split as now "
        f"({interval_name(plan.improvement)} {interval(plan.improvement)}; "
        f"better with probability {percent(plan.improvement_probability)})."
    )
