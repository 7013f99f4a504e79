"""The report's totals as somebody who knows the tables would write them in SQL, once, by hand.

The same statements run on SQLite and PostgreSQL. They give the totals only: no records behind a row, no published totals, no
filters, no warnings.
"""

from __future__ import annotations

from typing import Any

#: What every observation in force adds to its period. A level is compared with the level or baseline before it and the increases
#: since: ``run`` numbers the stretches between those.
ADDS = """
CREATE TEMPORARY TABLE adds AS
WITH live AS (
    SELECT o.id, o.impact_id, o."on", o.status, o.measure, o.persons, o.women, o.men,
           CASE o.measure WHEN 'baseline' THEN 0 WHEN 'increase' THEN 1 ELSE 2 END AS place
    FROM results_observation o
    WHERE o.persons IS NOT NULL AND NOT EXISTS (SELECT 1 FROM results_observation s WHERE s.supersedes_id = o.id)
), runs AS (
    SELECT live.*, coalesce(sum(CASE WHEN measure <> 'increase' THEN 1 ELSE 0 END) OVER (
               PARTITION BY impact_id, status ORDER BY "on", place, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS run
    FROM live
), stretches AS (
    SELECT runs.*,
           sum(CASE WHEN measure = 'increase' THEN persons ELSE 0 END) OVER (PARTITION BY impact_id, status, run) AS increased,
           sum(CASE WHEN measure = 'increase' THEN women ELSE 0 END) OVER (PARTITION BY impact_id, status, run) AS increased_women
    FROM runs
), levels AS (
    SELECT impact_id, status, run + 1 AS run, persons, women FROM stretches WHERE measure <> 'increase'
)
SELECT s.impact_id, s."on", s.status,
       CASE s.measure WHEN 'increase' THEN s.persons ELSE s.persons - coalesce(l.persons, 0) - s.increased END AS persons,
       CASE s.measure WHEN 'increase' THEN s.women
            ELSE s.women - CASE WHEN l.run IS NULL THEN 0 ELSE l.women END - coalesce(s.increased_women, 0) END AS women
FROM stretches s LEFT JOIN levels l ON l.impact_id = s.impact_id AND l.status = s.status AND l.run = s.run
WHERE s.measure <> 'baseline' AND s."on" BETWEEN '2021-01-01' AND '2025-12-31'
"""

#: Kinds and branches with their totals, as the report lists them.
ROWS = """
WITH kinds(kind, part) AS (VALUES
    ('legal_coverage', 'legal_coverage'), ('effective_coverage', 'effective_coverage'), ('adequacy', 'adequacy'),
    ('comprehensiveness', 'comprehensiveness'), ('access', 'access'), ('coverage_extension', 'legal_coverage'),
    ('coverage_extension', 'effective_coverage'), ('better_protection', 'adequacy'), ('better_protection', 'comprehensiveness'),
    ('all', 'legal_coverage'), ('all', 'effective_coverage'), ('all', 'adequacy'), ('all', 'comprehensiveness'), ('all', 'access')
)"""

IMPACTS = ROWS + """, totals AS (
    SELECT i.kind, i.branch, i.id, CASE WHEN i.population = '' THEN 'own ' || i.id ELSE i.population END AS population,
           sum(CASE WHEN a.status = 'achieved' THEN a.persons END) AS persons,
           sum(CASE WHEN a.status = 'achieved' THEN a.women END) AS women,
           sum(CASE WHEN a.status = 'potential' THEN a.persons END) AS potential
    FROM adds a JOIN results_impact i ON i.id = a.impact_id GROUP BY i.kind, i.branch, i.id, i.population
), split AS (
    SELECT k.kind, t.branch, t.population, t.persons, t.women, t.potential FROM totals t JOIN kinds k ON k.part = t.kind
    UNION ALL
    SELECT k.kind, 'all', t.population, t.persons, t.women, t.potential FROM totals t JOIN kinds k ON k.part = t.kind
), once AS (
    SELECT kind, branch, population, sum(persons) AS persons, max(persons) AS largest, sum(women) AS women,
           sum(potential) AS potential
    FROM split GROUP BY kind, branch, population
)
SELECT kind, branch, sum(persons), sum(largest), sum(women), sum(potential) FROM once GROUP BY kind, branch
"""

IMPACTS_BY_YEAR = ROWS + """
SELECT k.kind, substr(CAST(a."on" AS text), 1, 4), sum(a.persons) FROM adds a JOIN results_impact i ON i.id = a.impact_id
JOIN kinds k ON k.part = i.kind WHERE a.status = 'achieved' GROUP BY 1, 2
"""

CHANGES_BY_YEAR = """
SELECT step, substr(CAST("on" AS text), 1, 4), count(DISTINCT country_id), count(*) FROM results_change GROUP BY 1, 2
UNION ALL SELECT 'all', substr(CAST("on" AS text), 1, 4), count(DISTINCT country_id), count(*) FROM results_change GROUP BY 2
"""

CHANGES_BY_STEP = """
SELECT step, count(DISTINCT country_id), count(*) FROM results_change GROUP BY 1
UNION ALL SELECT 'all', count(DISTINCT country_id), count(*) FROM results_change
"""

COUNTRY_RESULTS = """
SELECT country_id, substr(CAST("on" AS text), 1, 4), step, count(*) FROM results_change GROUP BY 1, 2, 3
"""

FUNDING_BY_YEAR = """
SELECT substr(CAST("on" AS text), 1, 4), currency, count(DISTINCT project_id), sum(CAST(amount AS numeric))
FROM results_funding GROUP BY 1, 2
"""

FUNDING_BY_PARTNER = """
SELECT p.key, f.currency, sum(CAST(f.amount AS numeric)) FROM results_funding f JOIN results_partner p ON p.id = f.partner_id
GROUP BY 1, 2
"""

TABLES = {
    "impacts": IMPACTS, "impacts_by_year": IMPACTS_BY_YEAR, "changes_by_year": CHANGES_BY_YEAR, "changes_by_step": CHANGES_BY_STEP,
    "country_results": COUNTRY_RESULTS, "funding_by_year": FUNDING_BY_YEAR, "funding_by_partner": FUNDING_BY_PARTNER,
}


def totals(cursor: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Run the statements; rows by table."""
    cursor.execute("DROP TABLE IF EXISTS adds")
    cursor.execute(ADDS)
    found = {}
    for name, statement in TABLES.items():
        cursor.execute(statement)
        found[name] = cursor.fetchall()
    return found
