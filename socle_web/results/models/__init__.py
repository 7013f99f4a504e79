"""A model for every sheet of the exchange form, and for what is on its way there."""

from socle_web.results.models.chain import Aggregate, Change, Contribution, Impact, Observation, Output
from socle_web.results.models.entry import OPEN, Entry, EvidenceFile, Lock, ProjectMandate, State, Typing, Upload
from socle_web.results.models.errand import Errand
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
    "BY_SHEET", "OPEN", "Action", "Aggregate", "BudgetLine", "Change", "Contribution", "Document", "Entry", "Errand",
    "Evidence", "EvidenceFile", "Funding", "Impact", "LeftOut", "Lock", "Observation", "Origin", "Output", "Partner",
    "Phase", "PhaseCountry", "Post", "Programme", "Project", "ProjectMandate", "Published", "Ratification",
    "Recommendation", "Record", "State", "Stated", "Target", "Typing", "Upload",
]
