"""Rows of coverage: editions and their values, rounds and inquiries, the register of policy measures."""

from socle_web.coverage.models.editions import Edition, EditionKind, Family, Line, Value
from socle_web.coverage.models.measures import Measure, MeasureState
from socle_web.coverage.models.rounds import Delivery, Inquiry, InquiryReminder, InquiryState, Remark, Round, Sheet, Thread

__all__ = [
    "Delivery", "Edition", "EditionKind", "Family", "Inquiry", "InquiryReminder", "InquiryState", "Line", "Measure",
    "MeasureState", "Remark", "Round", "Sheet", "Thread", "Value",
]
