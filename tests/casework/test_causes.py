"""The tree of root causes: what is built in, and what of it an answer can name."""

import importlib

import pytest
from django.apps import apps
from django.utils import translation

from casework import causes
from casework.models import Axis, Cause

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> None:
    """Means, with pumps and of these two; conduct by itself; something that is out of use."""
    clear()
    means = cause("means", "Sarana", "technical")
    pumps = cause("pumps", "Pompa", "technical", parent=means)
    cause("seal", "Segel bocor", "technical", parent=pumps)
    cause("wrong", "Salah pasang", "attitude", parent=pumps)
    cause("conduct", "Perilaku", "attitude")


def clear() -> None:
    Cause.objects.exclude(parent=None).delete()
    Cause.objects.all().delete()


def cause(code: str, name: str, axis: str, **said) -> Cause:
    return Cause.objects.create(code=code, name=name, axis=axis, **said)


def codes() -> list[str]:
    return [leaf.cause.code for leaf in causes.leaves()]


def test_what_is_built_in_is_there_from_the_start_and_stays_as_it_was_changed() -> None:
    clear()
    importlib.import_module("casework.migrations.0012_causes").install(apps, None)
    Cause.objects.filter(code="broken").update(name="Pipa bocor", active=False)
    causes.install()
    assert Cause.objects.get(code="broken").label == "Pipa bocor"
    assert 12 <= len(codes()) <= 15
    assert "broken" not in codes()


def test_what_is_built_in_lies_on_every_axis_and_has_both_names() -> None:
    causes.install()
    assert {leaf.cause.axis for leaf in causes.leaves()} == set(Axis.values)
    assert not Cause.objects.filter(name_en="").exists()
    assert all(leaf.cause.axis == leaf.root.axis for leaf in causes.leaves())


@pytest.mark.usefixtures("tree")
def test_only_what_has_nothing_below_it_can_be_named() -> None:
    assert codes() == ["conduct", "wrong", "seal"]


@pytest.mark.usefixtures("tree")
def test_what_is_out_of_use_takes_what_is_below_it_along() -> None:
    Cause.objects.filter(code="means").update(active=False)
    assert codes() == ["conduct"]


@pytest.mark.usefixtures("tree")
def test_a_group_of_which_nothing_is_in_use_can_be_named_itself() -> None:
    Cause.objects.filter(code__in=("seal", "wrong")).update(active=False)
    assert codes() == ["conduct", "pumps"]


@pytest.mark.usefixtures("tree")
def test_causes_are_shown_under_their_root_with_the_axis_in_words() -> None:
    with translation.override("id"):
        shown = {root: [leaf.label for leaf in found] for root, found in in_groups()}
    assert shown == {
        "Perilaku (sikap)": ["Perilaku"],
        "Sarana (teknis)": ["Pompa, Salah pasang (sikap)", "Pompa, Segel bocor"],
    }


def in_groups():
    return causes.by_root(causes.leaves())


@pytest.mark.usefixtures("tree")
def test_the_tree_is_read_by_one_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert len(list(in_groups())) == 2
