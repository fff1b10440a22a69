"""Diagnostics of a fit: convergence, in-sample fit, leave-one-out, and the health report."""

from mmm_core.diagnostics.checks import Check, CheckStatus
from mmm_core.diagnostics.convergence import (
    ParameterDiagnostics,
    UndefinedConvergence,
    convergence,
    parameter_diagnostics,
    summarise_convergence,
)
from mmm_core.diagnostics.in_sample import in_sample_fit
from mmm_core.diagnostics.loo import LeaveOneOut, leave_one_out, summarise_leave_one_out
from mmm_core.diagnostics.report import health_report

__all__ = [
    "Check",
    "CheckStatus",
    "LeaveOneOut",
    "ParameterDiagnostics",
    "UndefinedConvergence",
    "convergence",
    "health_report",
    "in_sample_fit",
    "leave_one_out",
    "parameter_diagnostics",
    "summarise_convergence",
    "summarise_leave_one_out",
]
