"""What is in a table, for charts: series, distributions, spend shares, correlations, empty cells."""

from mmm_data.describe.description import Description, describe_table
from mmm_data.describe.relations import BestLag
from mmm_data.describe.series import Aggregation, ColumnSeries, Histogram
from mmm_data.describe.spend import SpendShare
from mmm_data.describe.wishes import DescriptionWish

__all__ = [
    "Aggregation",
    "BestLag",
    "ColumnSeries",
    "Description",
    "DescriptionWish",
    "Histogram",
    "SpendShare",
    "describe_table",
]
