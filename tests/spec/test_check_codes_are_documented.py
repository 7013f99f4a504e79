"""docs/reference lists every code; findings.md only codes that exist."""

from tests.spec.documented import codes_given, codes_of_any_page, documented_codes

#: Given with a code that is computed, or by the platform.
COMPUTED = {"households", "no_baseline", "level_falls", "append_only", "entered_here", "locked", "out_of_scope", "not_for_the_role",
            "open_already", "looks_the_same", "rejected"}


def test_every_code_is_in_the_reference():
    assert codes_given() - codes_of_any_page() == set()


def test_the_reference_lists_no_code_that_is_gone():
    assert documented_codes() - codes_given() - COMPUTED == set()
