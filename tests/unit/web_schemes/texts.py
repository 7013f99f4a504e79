"""Files of the tests: a child grant and a pension that nobody pays, and what is wrong with a broken one."""

from __future__ import annotations

GRANT = """\
id = "test-child-grant"
country = "KEN"
name = { en = "Child grant", fr = "Allocation pour enfant", es = "Prestación por hijo" }
branch = "family"
guarantee = "children"
contributory = false
unit = "person"
institution = "Ministry of a test"
currency = "KES"

[[law]]
title = "An act of a test"
article = "1"
from = 2020-01-01
source = "A test, page 1"

[[eligibility]]
part = "age"
from = 2020-01-01
rule = "age < 5"
article = "2"
source = "A test, page 2"

[[benefit]]
tier = "grant"
from = 2020-01-01
amount = 1000
per = "month"
index = "none"
article = "3"
source = "A test, page 3"

[administration]
share = 0.05
of = "benefits"
source = "A test, page 4"
"""

PENSION = """\
id = "test-pension"
country = "KEN"
name = { en = "Pension", fr = "Pension", es = "Pensión" }
branch = "old_age"
guarantee = "older_persons"
contributory = false
unit = "person"
institution = "Ministry of a test"
currency = "KES"

[[eligibility]]
part = "age"
from = 2020-01-01
rule = "age >= 70"
source = "A test, page 5"

[[benefit]]
tier = "pension"
from = 2020-01-01
amount = 2000
per = "month"
source = "A test, page 6"

[administration]
share = 0.1
of = "total"
source = "A test, page 7"
"""

CASES = """\
[[case]]
name = "A child of three"
day = 2024-07-01
facts = { age = 3 }
answer = { entitled = true, amount = 1000, currency = "KES", per = "month" }
source = "A test, page 8"

[[case]]
name = "A child of six"
day = 2024-07-01
facts = { age = 6 }
answer = { entitled = false }
source = "A test, page 8"
"""

#: Wrong in lines 4, 13 and 19.
BROKEN = GRANT.replace('branch = "family"', 'branch = "famly"').replace('rule = "age < 5"', 'rule = "aje < 5"').replace(
    'amount = 1000', 'amount = "much"')

ECONOMY = """\
country = "KEN"
currency = "KES"
"""
