"""What a reviewer is asked about a decided case."""

from flask_babel import lazy_gettext as _l

QUESTIONS = {
    "facts": _l("Are the facts complete and as the documents say?"),
    "documents": _l("Was every document reviewed that the decision rests on?"),
    "outcomes": _l("Are the outcomes of the requirements right, departures included?"),
    "reasons": _l("Do the reasons carry the decision?"),
    "letter": _l("Is the letter correct and complete?"),
    "time": _l("Was the case dealt with without undue delay?"),
}
ANSWERS = {"yes": _l("Yes"), "no": _l("No"), "not_applicable": _l("Not applicable")}
