"""The sum over lags is the library's convolution, and so are its derivatives."""

import numpy as np
import pytensor
import pytest
from pymc_marketing.mmm.transformers import batched_convolution
from pytensor.graph.rewriting.utils import rewrite_graph
from pytensor.xtensor import as_xtensor

from mmm_fitting.model.lagged_sum import lagged_sum

DATES, LAGS = 12, 4


def series(cells, media, lags=LAGS):
    """Random exposure and weights."""
    rng = np.random.default_rng(0)
    dims = ("date", "cell", "channel") if cells else ("date", "channel")
    shape = (DATES, cells, media) if cells else (DATES, media)
    return dims, rng.gamma(1.0, size=shape), rng.dirichlet(np.ones(lags), size=media)


def derivatives(convolve, dims, exposure, weights, mode):
    """Value, and derivatives of a sum that tells every place apart, by exposure and by weights."""
    x, w = pytensor.tensor.as_tensor(exposure), pytensor.tensor.as_tensor(weights)
    free = [x.type("x"), w.type("w")]
    spread = convolve(
        as_xtensor(free[0], dims=dims),
        as_xtensor(free[1], dims=("channel", "lag")),
        dim="date",
        kernel_dim="lag",
    ).transpose(*dims)
    place = np.cos(np.arange(exposure.size)).reshape(exposure.shape)
    total = rewrite_graph((spread * as_xtensor(place, dims=dims)).sum().values, include=("lower_xtensor",))
    outputs = [spread.values, *pytensor.grad(total, free)]
    return pytensor.function(free, outputs, mode=mode)(exposure, weights)


@pytest.mark.parametrize("mode", ["NUMBA", "FAST_COMPILE"])
@pytest.mark.parametrize(("cells", "media", "lags"), [(0, 3, LAGS), (5, 2, LAGS), (2, 1, DATES + 3)])
def test_value_and_derivatives_are_those_of_the_librarys_convolution(mode, cells, media, lags):
    case = series(cells, media, lags)

    found = derivatives(lagged_sum, *case, mode)
    expected = derivatives(batched_convolution, *case, "FAST_COMPILE")

    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-14)
