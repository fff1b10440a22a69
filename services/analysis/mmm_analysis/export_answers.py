"""Everything about a fit, collected from the other answers and written into files."""

from datetime import timedelta

from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm_analysis import answers
from mmm_analysis.exports import (
    USUAL_LINK,
    ExportedFile,
    Exporter,
    ExportFormat,
    lifetime_problems,
    question_digest,
)
from mmm_analysis.fit_requests import chosen_fit, hurdle_of_request, optional
from mmm_analysis.report.content import Content
from mmm_analysis.requests import question
from mmm_analysis.results import ChosenFit, Results
from mmm_core.breakeven import EXPLORED
from mmm_core.errors import Violation
from mmm_core.messages import timestamp_to_proto
from mmm_core.names import FitName

_FORMATS = {
    analysis_pb2.EXPORT_FORMAT_CSV: ExportFormat.CSV,
    analysis_pb2.EXPORT_FORMAT_JSON: ExportFormat.JSON,
    analysis_pb2.EXPORT_FORMAT_EXCEL: ExportFormat.EXCEL,
    analysis_pb2.EXPORT_FORMAT_HTML: ExportFormat.HTML,
}


def export_answer(
    results: Results, exporter: Exporter, request: wire.ExportResultsRequest
) -> wire.ExportResultsResponse:
    """Write files and link to them."""
    chosen = chosen_fit(results, request)
    seconds = request.link_seconds if request.HasField("link_seconds") else None
    asked = question(
        chosen.model,
        request.window,
        optional(request, "interval_probability"),
        hurdle=hurdle_of_request(request),
        also=[*_format_problems(request), *lifetime_problems(seconds)],
    )
    record = chosen.stored.record
    files = exporter.export(
        FitName.parse(record.name),
        question_digest(chosen.stored.digest, _question_text(request)),
        [_FORMATS[one] for one in request.formats],
        lambda: collect(results, chosen, request, asked.probability),
        title=record.display_name or record.config.kpi.label,
        lifetime=USUAL_LINK if seconds is None else timedelta(seconds=seconds),
    )
    return wire.ExportResultsResponse(files=map(_file_to_proto, files))


def _format_problems(request: wire.ExportResultsRequest) -> list[Violation]:
    names = ", ".join(analysis_pb2.ExportFormat.Name(one) for one in _FORMATS)
    return [
        Violation(f"formats[{place}]", "is no format.", f"Choose from {names}.", str(one), "UNKNOWN_FORMAT")
        for place, one in enumerate(request.formats)
        if one not in _FORMATS
    ]


def _question_text(request: wire.ExportResultsRequest) -> str:
    """Text of what decides the content of files; not which of them are wanted, and for how long."""
    asked = wire.ExportResultsRequest()
    asked.CopyFrom(request)
    asked.ClearField("formats")
    asked.ClearField("link_seconds")
    return asked.SerializeToString(deterministic=True).hex()


def collect(
    results: Results, chosen: ChosenFit, request: wire.ExportResultsRequest, probability: float
) -> Content:
    """Collect the answers that a caller would get one by one."""
    said = MessageToDict(request)

    def like[Asked: Message](asked: Asked) -> Asked:
        """Fill in everything that the request of another method has in common with this one."""
        return ParseDict(said, asked, ignore_unknown_fields=True)

    return Content(
        fit=chosen.stored.record,
        library_versions=chosen.stored.result.library_versions,
        cells="; ".join(f"{one.dimension}: {', '.join(one.labels)}" for one in request.cells),
        probability=probability,
        contributions=answers.contributions_answer(results, like(wire.GetContributionsRequest())),
        channels=answers.channels_answer(results, like(wire.GetChannelResultsRequest())),
        curves=answers.curves_answer(results, like(wire.GetResponseCurvesRequest(multipliers=EXPLORED))),
        carryover=answers.carryover_answer(results, like(wire.GetCarryoverRequest())),
        summary=answers.summary_answer(results, like(wire.GetSummaryRequest())),
        signals=None
        if chosen.model.continuation is None
        else answers.signals_answer(results, like(wire.GetSignalEffectsRequest())),
        lift_tests=answers.lift_tests_answer(results, like(wire.GetLiftTestsRequest())),
        diagnostics=answers.diagnostics_answer(results, like(wire.GetDiagnosticsRequest())),
    )


def _file_to_proto(file: ExportedFile) -> analysis_pb2.ExportedFile:
    return analysis_pb2.ExportedFile(
        format=f"EXPORT_FORMAT_{file.format.name}",
        file_name=file.file_name,
        media_type=file.media_type,
        size_bytes=file.record.size_bytes,
        sha256=file.record.sha256,
        url=file.link.url,
        expire_time=timestamp_to_proto(file.link.expire_time),
    )
