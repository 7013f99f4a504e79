"""The made-up countries: invented figures inside the package, for tutorials and tests. Nothing in them describes a real country."""

from __future__ import annotations

from socle.errors import InputError
from socle.tables import Population
from socle.vocabulary import country, say


def made_up_population(alpha3: str) -> Population:
    """The invented population of a made-up country."""
    raise InputError(say("The made-up country {country} has no figures.", country=country(alpha3).name()), where={"value": alpha3},
                     remedy=say("Use one of: {codes}.", codes=""))
