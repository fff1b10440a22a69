"""Variables that move together, so that the data cannot tell their effects apart."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.panel import Codes

HIGH_CORRELATION = 0.95
# The usual limit: Marquardt, "Generalized inverses, ridge regression, biased linear estimation, and nonlinear
# estimation" (Technometrics, 1970).
HIGH_VIF = 10.0
FEWEST_ROWS = 3
TINY = 1e-9


def check_collinearity(config: ModelConfig, numbers: Mapping[str, Floats], cells: Codes) -> Iterator[Finding]:
    """Pairs of variables that are correlated, and variables that several others explain.

    On a panel, movements around each cell's own mean are compared.
    """
    labels = _variables(config, numbers)
    columns = list(labels)
    moves = _moves([numbers[column] for column in columns], cells)
    moving = [place for place in range(len(columns)) if moves[:, place].any()]
    columns, moves = [columns[place] for place in moving], moves[:, moving]
    if len(moves) < FEWEST_ROWS or len(columns) < 2:
        return
    correlations = moves.T @ moves
    paired = set()
    for first, second in combinations(range(len(columns)), 2):
        correlation = float(correlations[first, second])
        if abs(correlation) > HIGH_CORRELATION:
            paired |= {first, second}
            yield _pair(columns[second], labels[columns[first]], labels[columns[second]], correlation)
    if len(moves) > len(columns):
        for place, inflation in enumerate(_inflation(correlations)):
            # A pair explains itself.
            if inflation > HIGH_VIF and place not in paired:
                yield _explained(columns[place], labels[columns[place]], inflation)


def _variables(config: ModelConfig, numbers: Mapping[str, Floats]) -> dict[str, str]:
    """Columns of everything that has a coefficient, and their labels."""
    named = [(medium.driver_column, medium.label) for medium in config.media]
    named += [(competitor.column, competitor.label) for competitor in config.competitors]
    named += [(control.column, control.label) for control in config.controls]
    return {column: label for column, label in named if column in numbers}


def _moves(values: list[Floats], cells: Codes) -> Floats:
    """Columns around their cells' means, scaled to unit length, rows without gaps only."""
    if not values:
        return np.zeros((0, 0))
    table = np.column_stack(values)
    whole = np.isfinite(table).all(axis=1)
    table, cells = table[whole], cells[whole]
    if not len(table):
        return table
    # Scaled first, so that no value a file may hold overflows when squared.
    largest = np.abs(table).max(axis=0)
    table = table / np.where(largest > 0, largest, 1.0)
    for cell in np.unique(cells):
        table[cells == cell] -= table[cells == cell].mean(axis=0)
    length = np.sqrt((table**2).sum(axis=0))
    # What does not move but for rounding is constant, which another check says.
    moving = length > 1e-9
    return np.where(moving, table / np.where(moving, length, 1.0), 0.0)


def _inflation(correlations: Floats) -> Floats:
    """Variance inflation factors: the diagonal of the inverse correlation matrix."""
    # Exact dependence would have no inverse; so little added makes it merely enormous.
    return np.asarray(np.diag(np.linalg.inv(correlations + TINY * np.eye(len(correlations)))))


def _pair(column: str, first: str, second: str, correlation: float) -> Finding:
    return Finding(
        Severity.WARNING,
        "HIGH_CORRELATION",
        column,
        f"{correlation:.3f}",
        f"{first!r} and {second!r} move together (correlation {correlation:.3f}).",
        "Join them into one variable, give priors that tell them apart, or run a lift test on one.",
    )


def _explained(column: str, label: str, inflation: float) -> Finding:
    return Finding(
        Severity.WARNING,
        "HIGH_COLLINEARITY",
        column,
        f"{inflation:.1f}",
        f"The other variables together explain {1 - 1 / inflation:.0%} of how {label!r} moves "
        f"(variance inflation factor {inflation:.1f}).",
        "Join variables that are planned together, give informative priors, or run a lift test.",
    )
