"""For which projects somebody acts: the administrator gives and takes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from socle_web.audit.models import Event
from socle_web.results.models import Project
from socle_web.results.permissions import projects_of
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    Project.objects.create(key="PR", title="A project")
    return reverse("person-projects", args=[person("stranger").username])


def test_the_administrator_gives_a_project_and_takes_it_away(client, page):
    client.force_login(person("administrator"))
    assert "A project" in client.get(page).content.decode()
    client.post(page, {"give": "PR"})
    assert projects_of(person("stranger")) == {"PR"}
    client.post(page, {"take": "PR"})
    assert projects_of(person("stranger")) == set()
    assert [event.deed for event in Event.objects.filter(summary__contains="PR").order_by("id")][-2:] == ["give_mandate", "take_mandate"]


def test_a_project_that_is_not_there_is_told(client, page):
    client.force_login(person("administrator"))
    assert "no project nowhere" in client.post(page, {"give": "nowhere"}, follow=True).content.decode()


@pytest.mark.parametrize(("name", "status"), [("owner", 403), ("colleague", 403), ("stranger", 403), ("verifier", 403), ("manager", 403)])
def test_nobody_else_sees_or_gives_projects(client, page, name, status):
    client.force_login(person(name))
    assert client.get(page).status_code == status
    assert client.post(page, {"give": "PR"}).status_code == status
    assert projects_of(person("stranger")) == set()
