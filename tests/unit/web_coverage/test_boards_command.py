"""``socle-web load_coverage``: an international file, the made-up countries; exit codes of the house; nothing is half there."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from socle_web.coverage.models import Edition
from tests.unit.web_coverage.editions import UN

pytestmark = pytest.mark.django_db
ASKED = ("--edition", "un-2025", "--title", "The UN, 2025", "--released", "2025-07-10")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "values.csv"
    path.write_text(UN, encoding="utf-8")
    return path


def run(capsys, *arguments):
    """Exit code, what is printed, what is said."""
    with pytest.raises(SystemExit) as end:
        call_command("load_coverage", *map(str, arguments), "--by", "tester")
    return end.value.code, *capsys.readouterr()


def test_a_file_becomes_an_edition_and_what_is_left_out_is_said(file, capsys):
    code, out, err = run(capsys, file, *ASKED, "--source", "The UN", "--notice", "Its terms")
    edition = Edition.objects.get()
    assert (edition.key, edition.title, edition.source, edition.notice) == ("un-2025", "The UN, 2025", "The UN", "Its terms")
    assert edition.values.count() == 8
    assert code == 1  # a region is among the areas: a warning
    assert "8 values; 1 of areas that are no country are left out" in out
    assert "Sub-Saharan" in err or "202" in err


def test_the_same_file_again_changes_nothing(file, capsys):
    run(capsys, file, *ASKED)
    assert "unchanged" in run(capsys, file, *ASKED)[1]
    assert Edition.objects.count() == 1


def test_other_figures_under_a_key_that_is_there_are_refused(file, capsys):
    run(capsys, file, *ASKED)
    file.write_text(UN.replace("84.0", "85.0"), encoding="utf-8")
    code, _out, err = run(capsys, file, *ASKED)
    assert code == 2
    assert "give the new figures a key of their own" in err


def test_a_file_with_errors_is_refused_with_all_of_them_and_nothing_is_there(file, capsys):
    file.write_text(UN.replace("84.0", "x84").replace("2015", "two thousand"), encoding="utf-8")
    code, _out, err = run(capsys, file, *ASKED)
    assert code == 2
    assert "two thousand" in err
    assert not Edition.objects.exists()


def test_a_file_that_is_not_there_is_said_so(tmp_path, capsys):
    assert run(capsys, tmp_path / "none.csv", *ASKED)[0] == 2


def test_an_edition_needs_a_name_and_a_day(file):
    with pytest.raises(CommandError):
        call_command("load_coverage", str(file))
    with pytest.raises(CommandError):
        call_command("load_coverage")


def test_made_up_countries_become_editions_once(capsys, client):
    code, out, _err = run(capsys, "--made-up", "XUT", "--made-up", "XWE")
    assert code == 0
    assert Edition.objects.filter(made_up=True).count() == 2
    assert "values" in out
    assert "unchanged" in run(capsys, "--made-up", "XUT")[1]
    assert Edition.objects.count() == 2
    for address in ("/coverage/", "/coverage/XUT/", "/coverage/compare/?c=XUT&c=XWE"):
        assert "made up" in client.get(address).content.decode()
    assert "Expenditure by function" in client.get("/coverage/XUT/").content.decode()


def test_a_country_that_is_not_made_up_is_refused(capsys):
    assert run(capsys, "--made-up", "KEN")[0] == 2
