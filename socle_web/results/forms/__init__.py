"""What people fill in at the workbench, made from the exchange form."""

from socle_web.results.forms.layout import FIRST, GROUPS, Group
from socle_web.results.forms.record import RecordForm

__all__ = ["FIRST", "GROUPS", "Group", "RecordForm"]
