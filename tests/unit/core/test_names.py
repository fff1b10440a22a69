"""Slugs of labels, and names of datasets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmm_core.errors import InvalidInput
from mmm_core.names import DatasetName, DatasetVersionName, parse_dataset_name, slug, unique_slugs

SLUG = re.compile(r"[a-z][a-z0-9_]{0,62}")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Fernsehen (€)", "fernsehen"),
        ("电视", "dianshi"),
        ("Реклама на ТВ", "reklama_na_tv"),
        ("Außenwerbung", "aussenwerbung"),
        ("TV - Spend / week", "tv_spend_week"),
        ("tv_S", "tv_s"),
        ("2024 promo", "x_2024_promo"),
        ("€€€", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_slug_can_be_recognised(label, expected):
    assert slug(label) == expected


@given(st.lists(st.text(max_size=200), max_size=20))
def test_slugs_of_any_labels_are_valid_and_unique(labels):
    slugs = unique_slugs(labels)
    assert len(set(slugs)) == len(labels)
    assert all(SLUG.fullmatch(one) for one in slugs)
    assert slugs == unique_slugs(labels)


def test_labels_with_the_same_slug_are_numbered():
    assert unique_slugs(["TV", "tv", "tv 2", "t-v", "tv"]) == ["tv", "tv_2", "tv_2_2", "t_v", "tv_3"]


def test_a_dataset_is_named_with_or_without_a_version():
    assert parse_dataset_name("clients/a/datasets/b") == DatasetName("a", "b")
    name = parse_dataset_name("clients/a/datasets/b/versions/12")
    assert name == DatasetVersionName("a", "b", 12)
    assert str(name) == "clients/a/datasets/b/versions/12"


@pytest.mark.parametrize(
    "ending", ["/versions/", "/versions/0", "/versions/01", "/versions/1/x", "/versions/x"]
)
def test_what_is_no_version_is_refused(ending):
    with pytest.raises(InvalidInput, match="name"):
        parse_dataset_name(f"clients/a/datasets/b{ending}")
