"""Suggestions and descriptions: messages of the contract to and from the domain."""

from mmm.common.v1 import model_config_pb2
from mmm.data.v1 import data_service_pb2, description_pb2, suggestion_pb2
from mmm_core.config import config_from_proto, config_to_proto
from mmm_data.describe import Description, DescriptionWish
from mmm_data.suggest import Hints, Suggestion

_KINDS = {
    model_config_pb2.KPI_KIND_REVENUE: "revenue",
    model_config_pb2.KPI_KIND_COUNT: "count",
}


def hints(request: data_service_pb2.SuggestConfigRequest) -> Hints:
    """Read what the caller knows."""
    return Hints(
        kpi_column=request.kpi_column,
        kpi_kind=_KINDS.get(request.kpi_kind),  # type: ignore[arg-type]  # the table holds nothing else
        value_per_unit=request.value_per_unit if request.HasField("value_per_unit") else None,
        currency=request.currency,
    )


def suggestion_message(suggestion: Suggestion) -> data_service_pb2.SuggestConfigResponse:
    """Write a suggestion."""
    return data_service_pb2.SuggestConfigResponse(
        config=config_to_proto(suggestion.config),
        choices=[
            suggestion_pb2.Choice(
                field=choice.field,
                value=choice.value,
                reason=choice.reason,
                confidence=f"CONFIDENCE_{choice.confidence.name}",
            )
            for choice in suggestion.choices
        ],
        unused_columns=[
            suggestion_pb2.UnusedColumn(column=unused.column, reason=unused.reason)
            for unused in suggestion.unused_columns
        ],
    )


def description_wish(request: data_service_pb2.DescribeDatasetRequest) -> DescriptionWish:
    """Read what is to be described; raises `InvalidInput` for a faulty configuration."""
    config = config_from_proto(request.config) if request.HasField("config") else None
    return DescriptionWish(config, tuple(request.columns), request.dimension)


def description_message(description: Description) -> data_service_pb2.DescribeDatasetResponse:
    """Write a description."""
    return data_service_pb2.DescribeDatasetResponse(
        dates=[str(day) for day in description.dates],
        series=[
            description_pb2.ColumnSeries(
                column=one.column,
                label=one.label,
                values=one.values,
                aggregation=f"AGGREGATION_{one.aggregation.name}",
            )
            for one in description.series
        ],
        histograms=[
            description_pb2.Histogram(column=one.column, edges=one.edges, counts=one.counts)
            for one in description.histograms
        ],
        spend_shares=[
            description_pb2.SpendShare(
                channel=one.channel,
                display_name=one.label,
                span=one.span,
                spend=one.spend,
                share=one.share,
            )
            for one in description.spend_shares
        ],
        correlations=description_pb2.CorrelationMatrix(
            columns=description.correlated, values=description.correlations.ravel()
        ),
        best_lags=[
            description_pb2.BestLag(column=one.column, lag=one.lag, correlation=one.correlation)
            for one in description.best_lags
        ],
        missing=[
            description_pb2.MissingCells(column=column, count=count)
            for column, count in description.missing.items()
        ],
        row_count=description.row_count,
        notes=description.notes,
    )
