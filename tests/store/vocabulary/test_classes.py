"""The classification: every 款 and 项 stands below its class, and the cuts of economic classes have other codes than functions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from store.vocabulary.classes import ECONOMIC_CLASSES, FUNCTIONAL_CLASSES


@pytest.mark.parametrize("classes", [FUNCTIONAL_CLASSES, ECONOMIC_CLASSES])
def test_every_code_stands_below_its_class(classes: Mapping[str, str]) -> None:
    assert [code for code in classes if len(code) > 3 and code[:3] not in classes] == []


def test_no_code_is_of_both_classifications() -> None:
    assert not FUNCTIONAL_CLASSES.keys() & ECONOMIC_CLASSES.keys()
