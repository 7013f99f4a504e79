"""A model for every sheet of the exchange form."""

from socle_web.results.models.chain import Aggregate, Change, Contribution, Impact, Observation, Output
from socle_web.results.models.evaluation import Action, Evidence, Ratification, Recommendation
from socle_web.results.models.money import BudgetLine, Funding
from socle_web.results.models.programme import (
    Document,
    LeftOut,
    Partner,
    Phase,
    PhaseCountry,
    Post,
    Programme,
    Project,
    Published,
    Target,
)
from socle_web.results.models.record import Origin, Record, Stated

BY_SHEET: dict[str, type[Record]] = {
    model.sheet: model
    for model in (
        Programme, Document, Phase, PhaseCountry, Target, Partner, Project, Funding, BudgetLine, Output, Change,
        Contribution, Impact, Observation, Aggregate, Published, Evidence, Ratification, Recommendation, Action, Post,
        LeftOut,
    )
}

__all__ = [
    "BY_SHEET", "Action", "Aggregate", "BudgetLine", "Change", "Contribution", "Document", "Evidence", "Funding",
    "Impact", "LeftOut", "Observation", "Origin", "Output", "Partner", "Phase", "PhaseCountry", "Post", "Programme",
    "Project", "Published", "Ratification", "Recommendation", "Record", "Stated", "Target",
]
