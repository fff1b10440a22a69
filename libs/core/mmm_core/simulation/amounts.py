"""True values of a simulation: given, or drawn from a range; and where randomness comes from."""

from collections.abc import Callable
from typing import Annotated, Any, Self

import numpy as np
from pydantic import AfterValidator, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ConfigModel, Finite


class Amount(ConfigModel):
    """A true value: a number, or a range from `low` to `high` that the seed draws from evenly."""

    low: Finite
    high: Finite

    @model_validator(mode="before")
    @classmethod
    def _number_is_exact(cls, data: object) -> object:
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            return {"low": data, "high": data}
        return data

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.high < self.low:
            raise PydanticCustomError("not_ordered", "low must not be above high.")
        return self

    @model_serializer
    def _shortest(self) -> float | dict[str, float]:
        return self.low if self.low == self.high else {"low": self.low, "high": self.high}

    def draw(self, rng: np.random.Generator) -> float:
        """Return the number, or one from the range."""
        return self.low if self.low == self.high else float(rng.uniform(self.low, self.high))


def exactly(value: float) -> Amount:
    """Return the amount that is always `value`."""
    return Amount(low=value, high=value)


def _between(low: float, high: float) -> Callable[[Amount], Amount]:
    def check(amount: Amount) -> Amount:
        if not (low < amount.low and amount.high < high):
            limits: dict[str, Any] = {"low": f"{low:g}", "high": f"{high:g}"}
            message = "must lie above {low}." if high == np.inf else "must lie between {low} and {high}."
            raise PydanticCustomError("out_of_range", message, limits)
        return amount

    return check


PositiveAmount = Annotated[Amount, AfterValidator(_between(0, np.inf))]
ShareAmount = Annotated[Amount, AfterValidator(_between(0, 1))]
SignedShareAmount = Annotated[Amount, AfterValidator(_between(-1, 1))]


def stream(seed: int, *purpose: str) -> np.random.Generator:
    """Random numbers for one purpose.

    Every purpose has a stream of its own, so that a change to one part of a design (a channel more, another
    noise) leaves the random numbers of all other parts as they were.

    Parameters
    ----------
    seed : int
        Of the simulation.
    *purpose : str
        What the numbers are for.
    """
    return np.random.default_rng([seed, *" ".join(purpose).encode()])
