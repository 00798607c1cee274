"""Everything done on a case is told in a sentence."""

import re
from pathlib import Path

from kis.cases.states import TRANSITIONS
from kis.desk.timeline import SENTENCES, UNTOLD

RECORDED = re.compile(r'(?:record|record_change)\(\s*(?:document,\s*)?"([a-z-]+\.[a-z-]+)"')
ROOT = Path(__file__).resolve().parents[2] / "kis"
FEATURES = ("cases", "documents", "precheck", "letters", "decisions", "intake", "casework")


def recorded_actions() -> set[str]:
    texts = [path.read_text() for feature in FEATURES for path in (ROOT / feature).rglob("*.py")]
    return {action for text in texts for action in RECORDED.findall(text)}


def test_every_recorded_action_on_a_case_has_its_sentence_or_is_told_by_another() -> None:
    steps = {f"case.{row.action}" for row in TRANSITIONS}
    offices_own = {"office.approval-line"}
    missing = (recorded_actions() | steps) - SENTENCES.keys() - UNTOLD - offices_own
    assert not missing
