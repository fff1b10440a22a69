"""Names of datasets and their versions."""

import pytest

from mmm_core.errors import InvalidInput
from mmm_core.names import DatasetName, DatasetVersionName, parse_dataset_name


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
