"""Shared domain objects as contract messages, for the edges of all services."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp

from mmm.analysis.v1 import analysis_pb2
from mmm.common.v1 import common_pb2
from mmm.fitting.v1 import fitting_pb2
from mmm_core.config import Kpi
from mmm_core.estimates import Estimate
from mmm_core.findings import Finding
from mmm_core.records import Convergence, ForecastScore, InSampleFit


def finding_to_proto(finding: Finding) -> common_pb2.Finding:
    """Write a finding as a message."""
    return common_pb2.Finding(
        severity=f"SEVERITY_{finding.severity.name}",
        code=finding.code,
        field=finding.field,
        value=finding.value,
        message=finding.message,
        fix=finding.fix,
        why=finding.why,
    )


def estimate_to_proto(estimate: Estimate) -> common_pb2.Estimate:
    """Write an estimate as a message."""
    return common_pb2.Estimate(
        mean=estimate.mean,
        median=estimate.median,
        lower=estimate.lower,
        upper=estimate.upper,
        probability=estimate.probability,
    )


def timestamp_to_proto(moment: datetime) -> Timestamp:
    """Write a moment as a message."""
    timestamp = Timestamp()
    timestamp.FromDatetime(moment)
    return timestamp


def convergence_to_proto(convergence: Convergence) -> fitting_pb2.Convergence:
    """Write convergence as a message."""
    return fitting_pb2.Convergence(**convergence.model_dump())


def in_sample_fit_to_proto(fit: InSampleFit) -> fitting_pb2.InSampleFit:
    """Write the in-sample fit as a message."""
    return fitting_pb2.InSampleFit(r_squared=fit.r_squared, mape=fit.mape)


def units_to_proto(kpi: Kpi) -> analysis_pb2.Units:
    """Write the words and units of a KPI as a message."""
    return analysis_pb2.Units(
        kpi_display_name=kpi.label, kpi_kind=f"KPI_KIND_{kpi.kind.upper()}", currency=kpi.currency
    )


def forecast_score_to_proto(score: ForecastScore) -> common_pb2.ForecastScore:
    """Write a forecast's score as a message."""
    return common_pb2.ForecastScore(**score.model_dump())
