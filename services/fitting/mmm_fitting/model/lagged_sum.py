"""The sum over lags that carryover is, as one operation on all media and cells.

The library's convolution takes one series after the other, and on a large panel most of a gradient's time.
Here the series lie side by side in memory, so that the innermost loop is over many of them.
"""

from typing import Any

import numpy as np
from pytensor.graph.basic import Apply
from pytensor.graph.op import Op
from pytensor.link.numba.dispatch.basic import numba_njit, register_funcify_default_op_cache_key
from pytensor.tensor import as_tensor_variable
from pytensor.xtensor.vectorization import XBlockwise

from mmm_core.media import Floats

ROW = "lagged_row"


def lagged_sum(x: Any, weights: Any, *, dim: str, kernel_dim: str) -> Any:
    """Sum of what was, weighted by how long ago; before the first date there was nothing.

    What ``pymc_marketing.mmm.transformers.batched_convolution`` gives.

    Parameters
    ----------
    x : xtensor
        With the dims `dim`, that of the media, and at most one more, for the cells.
    weights : xtensor
        With the dims `kernel_dim`, whose first place is no lag, and that of the media.
    dim : str
        Dim of the dates.
    kernel_dim : str
        Dim of the lags.
    """
    (media,) = (name for name in weights.dims if name != kernel_dim)
    rows = tuple(name for name in x.dims if name not in (dim, media)) or (ROW,)
    series = (dim, *rows, media)
    operation = XBlockwise(
        LaggedSum(),
        core_dims=((series, (kernel_dim, media)), (series,)),
        signature=LaggedSum.gufunc_signature,
    )
    if rows == (ROW,):
        return operation(x.expand_dims(ROW), weights).squeeze(ROW)
    return operation(x, weights)


class LaggedSum(Op):  # type: ignore[misc]  # the library is untyped
    """``out[t, r, c] = sum over l of x[t - l, r, c] * weights[l, c]``."""

    __props__ = ()
    gufunc_signature = "(t,r,c),(l,c)->(t,r,c)"

    def make_node(self, x: Any, weights: Any) -> Apply:
        """Make the node: series, shape (T, R, C), and weights, shape (L, C)."""
        x, weights = as_tensor_variable(x), as_tensor_variable(weights)
        return Apply(self, [x, weights], [x.type()])

    def infer_shape(self, _node: Any, shapes: Any) -> Any:
        """The result has the shape of the series."""
        return [shapes[0]]

    def perform(self, _node: Any, inputs: Any, outputs: Any) -> None:
        """Compute without numba."""
        x, weights = inputs
        out = np.zeros_like(x)
        for lag, weight in enumerate(weights[: len(x)]):
            out[lag:] += x[: len(x) - lag] * weight
        outputs[0][0] = out

    def pullback(self, inputs: Any, _outputs: Any, cotangents: Any) -> Any:
        """Carry derivatives back: to the series, which is the same sum backwards in time, and the weights."""
        x, weights = inputs
        (cotangent,) = cotangents
        return [self(cotangent[::-1], weights)[::-1], LaggedProducts()(x, cotangent, weights)]


class LaggedProducts(Op):  # type: ignore[misc]  # the library is untyped
    """``out[l, c] = sum over t and r of x[t - l, r, c] * y[t, r, c]``: derivatives by the weights.

    Of the third input, the weights themselves, only the number of lags counts.
    """

    __props__ = ()
    gufunc_signature = "(t,r,c),(t,r,c),(l,c)->(l,c)"

    def make_node(self, x: Any, y: Any, weights: Any) -> Apply:
        """Make the node: two arrays, shape (T, R, C), and the weights, shape (L, C)."""
        x, y, weights = as_tensor_variable(x), as_tensor_variable(y), as_tensor_variable(weights)
        return Apply(self, [x, y, weights], [weights.type()])

    def infer_shape(self, _node: Any, shapes: Any) -> Any:
        """The result has the shape of the weights."""
        return [shapes[2]]

    def perform(self, _node: Any, inputs: Any, outputs: Any) -> None:
        """Compute without numba."""
        x, y, weights = inputs
        out = np.zeros_like(weights)
        for lag in range(min(len(weights), len(x))):
            out[lag] = (x[: len(x) - lag] * y[lag:]).sum(axis=(0, 1))
        outputs[0][0] = out


@register_funcify_default_op_cache_key(LaggedSum)  # type: ignore[untyped-decorator]
def _compiled_sum(_op: Any, **_: Any) -> Any:
    return _sum_over_lags


@register_funcify_default_op_cache_key(LaggedProducts)  # type: ignore[untyped-decorator]
def _compiled_products(_op: Any, **_: Any) -> Any:
    return _products_by_lag


@numba_njit  # type: ignore[untyped-decorator]
def _sum_over_lags(x: Floats, weights: Floats) -> Floats:
    dates, rows, media = x.shape
    out = np.zeros((dates, rows, media))
    for date in range(dates):
        for lag in range(min(len(weights), date + 1)):
            for row in range(rows):
                for medium in range(media):
                    out[date, row, medium] += x[date - lag, row, medium] * weights[lag, medium]
    return out


@numba_njit  # type: ignore[untyped-decorator]
def _products_by_lag(x: Floats, y: Floats, weights: Floats) -> Floats:
    dates, rows, media = x.shape
    out = np.zeros((len(weights), media))
    for date in range(dates):
        for lag in range(min(len(weights), date + 1)):
            for row in range(rows):
                for medium in range(media):
                    out[lag, medium] += x[date - lag, row, medium] * y[date, row, medium]
    return out
