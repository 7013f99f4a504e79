"""Laws 1, 2, 3 and 5 of ARCHITECTURE.md, without the linter: they hold in every run of the suite."""

from __future__ import annotations

import re

import pytest

from tests.architecture import house

#: Who may load heavy packages late, with a reason: the command lines, the door of entitlements, the
#: reading of records, the door of tables with values (decision 0016).
LATE = ("socle.cli", "socle_web.project.commands")
LATE_DOORS = ("socle.entitlements", "socle.datasets.records", "socle.tables")


@pytest.mark.parametrize("package", house.PACKAGES)
def test_the_floors_that_are_drawn_are_the_import_contract(package):
    assert house.drawn(package) == house.floors(package)


@pytest.mark.parametrize("package", house.PACKAGES)
def test_every_room_is_on_a_floor_and_every_floor_has_its_rooms(package):
    assert house.rooms(package) == {room for floor in house.floors(package) for room in floor}


def test_a_room_imports_only_from_lower_floors():
    level = {(package, room): number for package in house.PACKAGES for number, floor in enumerate(house.floors(package))
             for room in floor}
    wrong = []
    for one in house.imports():
        here, there = one.importer.split("."), one.target.split(".")
        if here[0] == there[0] and len(here) > 1 and len(there) > 1 and here[1] != there[1]:
            above, below = level.get((here[0], here[1]), -1), level.get((there[0], there[1]), -1)
            if above >= below:
                wrong.append(str(one))
    assert not wrong, "\n".join(wrong)


def test_no_file_takes_part_in_an_import_circle():
    graph = {name: set() for name in house.modules()}
    for one in house.imports():
        if one.target in graph and one.target != one.importer:
            graph[one.importer].add(one.target)
    while leaves := {name for name, targets in graph.items() if not targets & graph.keys()}:
        graph = {name: targets for name, targets in graph.items() if name not in leaves}
    assert not graph, f"in a circle, or above one: {sorted(graph)}"


def may_be_late(one):
    return one.importer.startswith(LATE) or one.importer in LATE_DOORS


def test_no_import_hides_inside_a_function():
    wrong = [str(one) for one in house.imports() if one.hidden and not may_be_late(one)]
    assert not wrong, "\n".join(wrong)


def test_a_late_import_of_a_command_line_says_why():
    late = [one for one in house.imports() if one.hidden and may_be_late(one)]
    reasons = {(one.path, one.line): re.sub(r"noqa:? ?[A-Z0-9, ]*", "", one.comment).strip(" #") for one in late}
    wrong = [str(one) for one in late if not reasons[one.path, one.line] and not reasons.get((one.path, one.line - 1))]
    assert not wrong, "\n".join(wrong)


def test_the_library_has_never_heard_of_django():
    upstairs = {"django", "ninja", "csp", "whitenoise", "granian", "psycopg", "socle_web"}
    wrong = [str(one) for one in house.imports()
             if one.importer.split(".")[0] == house.LIBRARY and one.target.split(".")[0] in upstairs]
    assert not wrong, "\n".join(wrong)


def test_a_room_of_the_library_is_entered_by_its_door():
    inner = [one for one in house.imports() if one.written.startswith(f"{house.LIBRARY}.") and one.written.count(".") > 1]
    wrong = [str(one) for one in inner if one.importer.split(".")[:2] != one.written.split(".")[:2]]
    assert not wrong, "\n".join(wrong)
