"""Made-up persons, made inside DuckDB: the facts that the ten rules ask for, and what the rules come to written by hand."""

from __future__ import annotations

FACTS = {"poverty_line": 900.0, "minimum_wage": 1200.0}

PERSONS = """
CREATE OR REPLACE TABLE persons AS SELECT
    i AS id, (hash(i) % 100)::INTEGER AS age, hash(i * 3) % 20 <> 0 AS resident, (hash(i * 5) % 60)::INTEGER AS residence_years,
    hash(i * 7) % 10 = 0 AS disabled, (hash(i * 11) % 9) / 8.0::DOUBLE AS disability_degree,
    (hash(i * 13) % 8000) / 4.0::DOUBLE AS income, (hash(i * 17) % 400)::INTEGER AS contribution_months,
    (hash(i * 19) % 4000) / 4.0::DOUBLE AS pension_income, hash(i * 23) % 12 = 0 AS receives_benefit,
    (hash(i * 29) % 5)::INTEGER AS number_of_children
FROM range({persons}) AS r(i)"""

#: What somebody who knows the table and DuckDB would write: rows without gaps, figures in place of names.
BY_HAND = """
SELECT id, entitled, CASE WHEN entitled THEN round(
    500 + CASE WHEN age >= 80 THEN 200 ELSE 0 END + CASE WHEN disabled AND disability_degree >= 0.7 THEN 300 ELSE 0 END
    + least(greatest(0.5 * (900 - income), 100), 250) + least(50 * number_of_children, 150), 2) END AS amount
FROM (SELECT *, (age >= 60 OR (disabled AND age >= 18)) AND resident AND residence_years >= 10 AND NOT receives_benefit
          AND income < 1800 AND (contribution_months < 180 OR pension_income < 900) AS entitled FROM persons)"""

#: Households of three to five, by a rule that asks three things of the members.
HOUSEHOLDS = """
CREATE OR REPLACE TABLE members AS SELECT
    i AS id, i // 4 AS household, (hash(i) % 100)::INTEGER AS age, hash(i * 7) % 10 = 0 AS disabled,
    (hash(i * 13) % 8000) / 4.0::DOUBLE AS income
FROM range({persons}) AS r(i)"""
HOUSEHOLD_RULE = "sum(members, income) < poverty_line * count(members, age < 18) and any(members, disabled)"
HOUSEHOLD_BY_HAND = """
SELECT id, sum(income) OVER home < 900 * count(*) FILTER (age < 18) OVER home AND bool_or(disabled) OVER home AS answer
FROM members WINDOW home AS (PARTITION BY household)"""
