"""The report for people: one HTML file without scripts that needs no network."""

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from mmm.analysis.v1.analysis_pb2 import CHECK_STATUS_PASS, ChannelResult, ComponentKind, SignalEffect
from mmm_analysis.flat_settings import flat_settings
from mmm_analysis.report import pictures
from mmm_analysis.report.about import facts
from mmm_analysis.report.content import Content
from mmm_analysis.report.evidence_layouts import SettingRow
from mmm_core.advice_words import (
    ADVICE_AND_PLANS,
    LEVEL_WORDS,
    VERDICT_WORDS,
    breakeven_spend,
    headroom_with_interval,
    hurdle_sentence,
)
from mmm_core.health_words import check_name, counted, worst_first
from mmm_core.number_text import chance, compact, percent
from mmm_core.return_words import return_words

TEMPLATE = "report.html.j2"


def write_page(content: Content, path: Path) -> None:
    """Write the report; whatever comes from data or names is escaped."""
    path.write_text(_environment().from_string(template_text()).render(_context(content)), encoding="utf-8")


def template_text() -> str:
    """Give the template of the report."""
    return files("mmm_analysis.report").joinpath(TEMPLATE).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "compact": compact,
        "percent": _percent,
        "chance": chance,
        "breakeven": breakeven_spend,
        "headroom": headroom_with_interval,
        "check_name": check_name,
        "kind": _kind,
    }
    return environment


def _context(content: Content) -> dict[str, object]:
    words = return_words(content.channels.units)
    remarkable = [one for one in worst_first(content.diagnostics.checks) if one.status != CHECK_STATUS_PASS]
    return {
        "about": facts(content),
        "content": content,
        "words": words,
        "hurdle": hurdle_sentence(content.channels.hurdle, content.channels.units),
        "advice_and_plans": ADVICE_AND_PLANS,
        "rows": [*content.channels.channels, content.channels.total_paid],
        "by_name": {row.name: row for row in content.channels.channels},
        "verdicts": VERDICT_WORDS,
        "levels": LEVEL_WORDS,
        "checks": remarkable,
        "counted_checks": counted(content.diagnostics.checks),
        "settings": [SettingRow(path, value) for path, value in flat_settings(content.fit.config).items()],
        "curves": pictures.curve_pictures(content),
        "returns": pictures.return_picture(content, words),
        "shares": pictures.share_picture(content),
        "contributions": pictures.contribution_picture(content),
        "totals": pictures.total_picture(content),
        "kpi": pictures.kpi_picture(content),
        "carryover": pictures.carryover_picture(content),
    }


def _percent(fraction: float) -> str:
    """Keep number and sign on one line."""
    return percent(fraction).replace(" ", "\u00a0")


def _kind(row: ChannelResult | SignalEffect) -> str:
    return ComponentKind.Name(row.kind).removeprefix("COMPONENT_KIND_").capitalize()
