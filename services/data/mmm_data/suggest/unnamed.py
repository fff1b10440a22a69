"""Channels in a table whose names do not speak of media."""

import re
from collections.abc import Mapping

from mmm_data.suggest.cells import Cells
from mmm_data.suggest.names import read_name
from mmm_data.suggest.roles import Role
from mmm_data.suggest.subjects import Medium

_NUMBERED = re.compile(r"(x|ch|channel|medium|media|kanal|canal)[ _-]?\d+", re.IGNORECASE)
SAME_AS_KPI = 0.95


def guess_channels(cells: Cells, roles: Mapping[str, Role], kpi: str) -> list[Medium]:
    """Take columns that vary and are never negative for channels.

    Those called ``x1``, ``x2`` go first if there are any. Columns that say yes or no, or move exactly like
    the KPI, are left out.
    """
    unknown = [column for column, role in roles.items() if role is Role.UNKNOWN]
    numbered = [column for column in unknown if _NUMBERED.fullmatch(column.strip())]
    wanted = numbered or unknown
    cells.load(wanted)
    return [
        Medium(read_name(column), column, None, "") for column in wanted if _like_spend(cells, column, kpi)
    ]


def _like_spend(cells: Cells, column: str, kpi: str) -> bool:
    numbers = cells.numbers(column)
    varies = numbers.positive > 0 and not numbers.constant and not numbers.flag
    whole = not numbers.negative and not numbers.missing
    return varies and whole and abs(cells.correlation(column, kpi)) < SAME_AS_KPI
