"""The variables that a method moves, in place of shares of the budget. Arrays have shape (V,)."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.utility import LEAST


class Variables(Protocol):
    """A change of variables, each of one share."""

    def of(self, shares: Floats) -> Floats:
        """Variables of some shares."""

    def shares(self, variables: Floats) -> Floats:
        """Shares of some variables."""

    def slope(self, shares: Floats) -> Floats:
        """Derivative of the shares with respect to the variables."""


@dataclass(frozen=True, slots=True)
class Stretched:
    """Shares, each multiplied by a factor."""

    factors: Floats

    def of(self, shares: Floats) -> Floats:
        """Variables of some shares."""
        return shares * self.factors

    def shares(self, variables: Floats) -> Floats:
        """Shares of some variables."""
        return variables / self.factors

    def slope(self, shares: Floats) -> Floats:  # noqa: ARG002 - the same everywhere
        """Derivative of the shares with respect to the variables."""
        return 1 / self.factors


@dataclass(frozen=True, slots=True)
class Logarithms:
    """Logarithms of shares.

    Where the best share of one channel is a millionth and that of another a half, every other variable is
    either too coarse for the one or too fine for the other.
    """

    def of(self, shares: Floats) -> Floats:
        """Variables of some shares."""
        return np.log(np.maximum(shares, LEAST))

    def shares(self, variables: Floats) -> Floats:
        """Shares of some variables."""
        return np.exp(variables)

    def slope(self, shares: Floats) -> Floats:
        """Derivative of the shares with respect to the variables."""
        return np.maximum(shares, LEAST)
