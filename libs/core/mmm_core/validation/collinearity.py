"""Variables that move together, so that the data cannot tell their effects apart."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.panel import Cells
from mmm_core.validation.wording import quoted

HIGH_CORRELATION = 0.95
# The usual limit: Marquardt, "Generalized inverses, ridge regression, biased linear estimation, and nonlinear
# estimation" (Technometrics, 1970).
HIGH_VIF = 10.0
# Beyond this nothing but rounding is left.
EXACT_VIF = 1e6
MIRRORS_KPI = 0.98
FEWEST_ROWS = 3
TINY = 1e-9


def check_collinearity(config: ModelConfig, numbers: Mapping[str, Floats], cells: Cells) -> Iterator[Finding]:
    """Variables that are correlated in pairs, that several others explain, and that mirror the KPI.

    On a panel, movements around each cell's own mean are compared.
    """
    labels = _variables(config, numbers)
    kpi = config.kpi.column if config.kpi.column in numbers and config.kpi.column not in labels else None
    columns = [*labels, kpi] if kpi is not None else list(labels)
    moves = _moves([numbers[column] for column in columns], cells)
    if len(moves) < FEWEST_ROWS:
        return
    correlations = np.clip(moves.T @ moves, -1, 1)
    if kpi is not None:
        yield from _mirrors(labels, correlations[-1, :-1], kpi)
    moving = [place for place in range(len(labels)) if moves[:, place].any()]
    columns, correlations = [columns[place] for place in moving], correlations[np.ix_(moving, moving)]
    if len(columns) < 2:
        return
    yield from _pairs(columns, labels, correlations)
    if len(moves) > len(columns) + len(cells.keys):
        yield from _sets(columns, labels, correlations)


def _variables(config: ModelConfig, numbers: Mapping[str, Floats]) -> dict[str, str]:
    """Columns of everything that has a coefficient, and their labels."""
    named = [(medium.driver_column, medium.label) for medium in config.media]
    named += [(competitor.column, competitor.label) for competitor in config.competitors]
    named += [(control.column, control.label) for control in config.controls]
    return {column: label for column, label in named if column in numbers}


def _moves(values: list[Floats], cells: Cells) -> Floats:
    """Columns around their cells' means, scaled to unit length, rows without gaps only."""
    if not values:
        return np.zeros((0, 0))
    table = np.column_stack(values)
    whole = np.asarray(np.isfinite(table).all(axis=1))
    if not whole.any():
        return np.zeros((0, len(values)))
    # Scaled first, so that no value a file may hold overflows when squared.
    largest = np.abs(table[whole]).max(axis=0)
    table = np.where(whole[:, None], table, 0.0) / np.where(largest > 0, largest, 1.0)
    for places in cells.rows:
        inside = places[whole[places]]
        if len(inside):
            table[inside] -= table[inside].mean(axis=0)
    table = table[whole]
    length = np.sqrt((table**2).sum(axis=0))
    # What does not move but for rounding is constant, which another check says.
    moving = np.asarray(length > TINY)
    return np.where(moving, table / np.where(moving, length, 1.0), 0.0)


def _mirrors(labels: Mapping[str, str], correlations: Floats, kpi: str) -> Iterator[Finding]:
    for (column, label), correlation in zip(labels.items(), correlations, strict=True):
        if abs(correlation) > MIRRORS_KPI:
            yield Finding(
                Severity.WARNING,
                "MIRRORS_KPI",
                column,
                f"{correlation:.3f}",
                f"{label!r} moves with the KPI {kpi!r} nearly exactly (correlation {correlation:.3f}).",
                "Remove it if it is a part or a consequence of the KPI, such as orders beside revenue.",
            )


def _inflation(correlations: Floats) -> Floats:
    """Variance inflation factors: the diagonal of the inverse correlation matrix."""
    # Exact dependence would have no inverse; so little added makes it merely enormous.
    return np.asarray(np.diag(np.linalg.inv(correlations + TINY * np.eye(len(correlations)))))


def _pairs(columns: list[str], labels: Mapping[str, str], correlations: Floats) -> Iterator[Finding]:
    """One finding per variable with all variables before it that it moves with."""
    for place in range(1, len(columns)):
        before = correlations[place, :place]
        exact = _is_exact(before)
        high = (np.abs(before) > HIGH_CORRELATION) & ~exact
        for partners, write in ((np.flatnonzero(exact), _exact_pair), (np.flatnonzero(high), _high_pair)):
            if len(partners):
                named = quoted([labels[columns[partner]] for partner in partners])
                worst = float(before[partners][np.abs(before[partners]).argmax()])
                yield write(columns[place], labels[columns[place]], named, worst)


def _is_exact(correlations: Floats) -> NDArray[np.bool_]:
    return np.asarray(1 - correlations**2 < 1 / EXACT_VIF)


def _sets(columns: list[str], labels: Mapping[str, str], correlations: Floats) -> Iterator[Finding]:
    """Variables that several others together explain; pairs have been named already."""
    with_others = correlations - np.diag(np.diag(correlations))
    factors = _inflation(correlations)
    exact = np.flatnonzero((factors > EXACT_VIF) & ~_is_exact(with_others).any(axis=0))
    if len(exact):
        named = [labels[columns[place]] for place in exact]
        yield Finding(
            Severity.ERROR,
            "EXACT_COLLINEARITY",
            columns[exact[-1]],
            "",
            f"Each of {quoted(named)} follows exactly from the others.",
            "Remove one of them.",
        )
    paired = np.abs(with_others).max(axis=0) > HIGH_CORRELATION
    for place in np.flatnonzero((factors > HIGH_VIF) & (factors <= EXACT_VIF) & ~paired):
        yield _explained(columns[place], labels[columns[place]], float(factors[place]))


def _exact_pair(column: str, label: str, partners: str, correlation: float) -> Finding:
    return Finding(
        Severity.ERROR,
        "EXACT_COLLINEARITY",
        column,
        f"{correlation:.3f}",
        f"{label!r} is {partners} in other units: they move together exactly.",
        "Remove one of them, or join them into one variable.",
    )


def _high_pair(column: str, label: str, partners: str, correlation: float) -> Finding:
    return Finding(
        Severity.WARNING,
        "HIGH_CORRELATION",
        column,
        f"{correlation:.3f}",
        f"{label!r} moves together with {partners} (correlation up to {correlation:.3f}).",
        "Join them into one variable, give priors that tell them apart, or run a lift test on one.",
    )


def _explained(column: str, label: str, inflation: float) -> Finding:
    return Finding(
        Severity.WARNING,
        "HIGH_COLLINEARITY",
        column,
        f"{inflation:.1f}",
        f"The other variables together explain {1 - 1 / inflation:.1%} of how {label!r} moves "
        f"(variance inflation factor {inflation:.1f}).",
        "Join variables that are planned together, give informative priors, or run a lift test.",
    )
