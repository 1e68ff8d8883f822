"""The design system: tokens, icons, a strict policy, fields that explain themselves."""

import json
import re

import pytest
from django import forms
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from config.environment import PROJECT

TEMPLATES = sorted((PROJECT / "templates").rglob("*.html"))
STYLES = sorted((PROJECT / "static/css").glob("*.css"))
VENDORED = [path for path in (PROJECT / "static/vendor").rglob("*") if path.is_file()]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
ICON = re.compile(r'<c-icon name="([\w-]+)"|\bicon(?:_end)?="([\w-]+)"|icons\.svg\' %}#([\w-]+)"')
LONGEST = 60  # lines: the most that one behaviour may take


def draw(source: str, **context) -> str:
    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


class Explained(forms.RadioSelect):
    def create_option(self, *args, **kwargs):
        return super().create_option(*args, **kwargs) | {"description": "What it costs."}


class Asking(forms.Form):
    name = forms.CharField(help_text="As in your papers.")
    text = forms.CharField(widget=forms.Textarea)
    who = forms.ChoiceField(choices=[("named", "By name")], widget=Explained)
    agreed = forms.BooleanField()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_parts_name_meanings_and_never_a_colour(path):
    assert not COLOUR.findall(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_template_holds_nothing_that_the_policy_refuses(path):
    if "mail" in path.parts:
        return  # a mail program knows no policy and no style sheet
    assert not INLINE.findall(path.read_text())


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'id="([\w-]+)"', (PROJECT / "static/icons.svg").read_text()))
    named = {"".join(found) for path in TEMPLATES for found in ICON.findall(path.read_text())}
    assert named
    assert named <= drawn


def test_vendored_files_are_those_of_the_lock_file_and_point_to_no_map():
    lock = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    version = lock["node_modules/@digdir/designsystemet-css"]["version"]
    styles = PROJECT / "static/vendor/designsystemet/designsystemet.css"
    assert f"designsystemet-css {version}," in styles.read_text()
    assert lock["node_modules/htmx.org"]["version"] in (
        (PROJECT / "static/vendor/htmx/htmx.min.js").read_text()
    )
    assert not [path for path in VENDORED if "sourceMappingURL" in path.read_text()]


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "static/js").glob("*.js")), ids=lambda path: path.name
)
def test_a_behaviour_stays_small(path):
    assert len(path.read_text().splitlines()) <= LONGEST


def test_a_field_says_its_help_and_its_error_next_to_the_control():
    page = draw('<c-field :field="form.name" />', form=Asking({}))
    assert 'class="ds-input"' in page
    assert '<label class="ds-label" for="id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext">As in your papers.' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_field_without_help_or_error_points_to_nothing():
    page = draw('<c-field :field="form.text" />', form=Asking())
    assert "<textarea" in page
    assert "aria-describedby" not in page


def test_choices_are_a_group_and_explain_each_option():
    page = draw('<c-field :field="form.who" question="1" />', form=Asking())
    assert "<legend><h1" in page
    assert "<strong>By name</strong><small>What it costs.</small>" in page
    assert 'type="radio"' in page


def test_the_summary_of_errors_leads_to_each_field_and_is_silent_without_errors():
    page = draw('<c-error-summary :form="form" />', form=Asking({}))
    assert {"#id_name", "#id_who_0", "#id_agreed"} <= set(re.findall(r'href="(#\w+)"', page))
    assert not draw('<c-error-summary :form="form" />', form=Asking()).strip()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_a_page_for_bad_times_is_drawn_without_any_context(name):
    page = engines["django"].get_template(name).render()
    assert "<h1" in page
    assert 'id="main"' in page
