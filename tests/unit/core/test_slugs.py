import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmm_core.slugs import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TV (S)", "tv_s"),
        ("Ölpreis", "olpreis"),
        ("Straße", "strasse"),
        ("2nd screen", "x_2nd_screen"),
        ("Fernsehen (€)", "fernsehen"),
        ("电视", "dianshi"),
        ("Реклама на ТВ", "reklama_na_tv"),
        ("€", "x"),
    ],
)
def test_slugs_can_be_recognised(name, expected):
    assert slug(name) == expected


@given(st.lists(st.text(max_size=80), max_size=8))
def test_slugs_are_valid_and_different(names):
    taken: set[str] = set()
    for name in names:
        taken.add(slug(name, taken))
    assert len(taken) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,62}", found) for found in taken)
