"""Read a design from YAML, with every problem named at once."""

import difflib

from mmm_core.documents import Location, parse_yaml, validated
from mmm_core.simulation.design import SimulationDesign


def parse_design_text(text: str) -> SimulationDesign:
    """Parse YAML (of which JSON is a part); what it does not say is as in the default design.

    Raises
    ------
    InvalidInput
        With one violation per problem.
    """
    data = parse_yaml(text, "design")
    return parse_design({} if data is None else data)


def parse_design(data: object) -> SimulationDesign:
    """Validate a plain dictionary; raises `InvalidInput` like `parse_design_text`."""
    return validated(
        SimulationDesign,
        data,
        "design",
        beginning="Begin with a field such as `periods:`.",
        nearest=_nearest,
    )


def _nearest(location: Location) -> str:
    """Advice for an unknown field: the nearest of all a design has."""
    schema = SimulationDesign.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    known = {field for part in parts for field in part.get("properties", {})}
    near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
    return (
        f"Did you mean {near[0]!r}?" if near else "Remove it; `mmm simulate --show-design` shows all fields."
    )
