"""Moving a point into the set of feasible allocations, exactly."""

import numpy as np

from mmm_core.media import Floats


def project(point: Floats, lower: Floats, upper: Floats, total: float) -> Floats:
    """Nearest point between the bounds whose sum is `total`.

    It is the point shifted by one amount and clipped. The sum is piecewise linear in the shift, with its
    corners where a coordinate meets a bound, so the shift is found exactly, not iterated for.

    Parameters
    ----------
    point, lower, upper : array, shape (C,)
        ``lower <= upper``, both finite, with `total` between their sums.
    total : float
        The sum asked for.
    """
    corners = np.sort(np.concatenate([lower - point, upper - point]))
    sums = np.clip(point + corners[:, None], lower, upper).sum(axis=1)
    shift = np.interp(total, sums, corners)
    return _absorb_rounding(np.clip(point + shift, lower, upper), lower, upper, total)


def _absorb_rounding(point: Floats, lower: Floats, upper: Floats, total: float) -> Floats:
    """Give the last digits that are missing to the channel with the most room for them."""
    missing = total - point.sum()
    room = upper - point if missing > 0 else point - lower
    widest = int(np.argmax(room))
    point = point.copy()
    point[widest] = np.clip(point[widest] + missing, lower[widest], upper[widest])
    return point
