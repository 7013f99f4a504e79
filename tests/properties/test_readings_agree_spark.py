"""One meaning, on Spark: thirty fixed rules, because a session takes its time."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import ibis
import pytest

from tests.properties.tabled import hold_equal, of_households, of_persons
from tests.properties.thirty import HOUSEHOLD_RULES, HOUSEHOLDS, ON, PERSON_RULES, PERSONS


@pytest.fixture(scope="module")
def spark():
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("Spark needs pyspark (socle[spark]) and a Java runtime (openjdk-17-jre-headless).")
    from pyspark.sql import SparkSession

    session = (SparkSession.builder.master("local[1]").appName("socle").config("spark.ui.enabled", "false")
               .config("spark.sql.shuffle.partitions", "1").config("spark.driver.memory", "512m").getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.mark.slow
def test_thirty_rules_say_the_same_on_spark(spark):
    hold_equal([spark], PERSON_RULES, PERSONS, on_spark(spark, of_persons(PERSONS)), ON)
    hold_equal([spark], HOUSEHOLD_RULES, HOUSEHOLDS, on_spark(spark, of_households(HOUSEHOLDS)), ON)


def on_spark(spark, table):
    """Ibis hands whole numbers with gaps to Spark as doubles, which Spark reads as gaps throughout: rows go over one by one."""
    types = {"int64": "bigint", "float64": "double"}
    schema = ", ".join(f"{name} {types.get(str(dtype), str(dtype))}" for name, dtype in table.schema().items())
    rows = [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
    name = f"persons_{len(rows)}_{len(table.columns)}"
    spark._session.createDataFrame(rows, schema).createOrReplaceTempView(name)
    return spark.table(name)
