"""The ten rules in OpenFisca. Run by ``benchmarks.schemes`` in an environment of its own, which has OpenFisca and not this product:

    python openfisca_policy.py PERSONS.npz TIMES

prints {"seconds": [...], "with_inputs": [...], "entitled": n, "amount": sum}: the calculation alone, and with handing it persons.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2024-02"
LINE, WAGE = 900.0, 1200.0
Person = Entity("person", "persons", "", "")

CONDITIONS = ("by_age", "by_residence", "by_benefit", "by_means", "by_pension")
FORMULAS = {
    "by_age": lambda p, at: (p("age", at) >= 60) + (p("disabled", at) * (p("age", at) >= 18)),
    "by_residence": lambda p, at: p("resident", at) * (p("residence_years", at) >= 10),
    "by_benefit": lambda p, at: np.logical_not(p("receives_benefit", at)),
    "by_means": lambda p, at: p("income", at) < 2 * LINE,
    "by_pension": lambda p, at: (p("contribution_months", at) < 180) + (p("pension_income", at) < LINE),
    "entitled": lambda p, at: np.all([p(rule, at) for rule in CONDITIONS], axis=0),
    "basic": lambda p, at: np.full(p.count, 500.0),
    "advanced_age": lambda p, at: np.where(p("age", at) >= 80, 200.0, 0.0),
    "disability": lambda p, at: np.where(p("disabled", at) * (p("disability_degree", at) >= 0.7), 0.25 * WAGE, 0.0),
    "top_up": lambda p, at: np.clip(0.5 * (LINE - p("income", at)), 100.0, 250.0),
    "children": lambda p, at: np.minimum(50 * p("number_of_children", at), 150),
    "amount": lambda p, at: np.where(p("entitled", at), np.round(
        p("basic", at) + p("advanced_age", at) + p("disability", at) + p("top_up", at) + p("children", at), 2), 0.0),
}
TRUTHS = {*CONDITIONS, "entitled"}


def variable(name: str, kind: type, formula: object = None) -> type[Variable]:
    body = {"value_type": kind, "entity": Person, "definition_period": DateUnit.MONTH, "label": name}
    if formula is not None:
        body["formula"] = lambda person, period: formula(person, period)  # type: ignore[operator]
    return type(name, (Variable,), body)


def main() -> None:
    persons = dict(np.load(sys.argv[1]))
    system = TaxBenefitSystem([Person])
    kinds = {"b": bool, "i": int, "u": int, "f": float}
    for name, values in persons.items():
        system.add_variable(variable(name, kinds[values.dtype.kind]))
    for name, formula in FORMULAS.items():
        system.add_variable(variable(name, bool if name in TRUTHS else float, formula))
    seconds, with_inputs = [], []
    for _ in range(int(sys.argv[2])):
        started = perf_counter()
        simulation = SimulationBuilder().build_default_simulation(system, len(persons["age"]))
        for name, values in persons.items():
            simulation.set_input(name, MONTH, values)
        began = perf_counter()
        entitled, amount = simulation.calculate("entitled", MONTH), simulation.calculate("amount", MONTH)
        ended = perf_counter()
        seconds.append(ended - began)
        with_inputs.append(ended - started)
    print(json.dumps({"seconds": seconds, "with_inputs": with_inputs, "entitled": int(entitled.sum()),
                      "amount": float(amount.astype(np.float64).sum())}))


if __name__ == "__main__":
    main()
