"""Everything done on a case is told in a sentence."""

import re
from pathlib import Path

from kis.cases.states import TRANSITIONS
from kis.desk.timeline import SENTENCES, UNTOLD
from kis.oversight.words import ACTIONS

RECORDED = re.compile(r'(?:record|record_change)\(\s*(?:document,\s*)?"([a-z-]+\.[a-z-]+)"')
TOLD = re.compile(r'"(casework\.(?:allocated|released|passed|handed)-[a-z-]+)"')
ROOT = Path(__file__).resolve().parents[2] / "kis"
FEATURES = ("cases", "documents", "precheck", "letters", "decisions", "intake", "casework")


def recorded_actions() -> set[str]:
    texts = [path.read_text() for feature in FEATURES for path in (ROOT / feature).rglob("*.py")]
    return {action for text in texts for action in RECORDED.findall(text)}


def test_every_recorded_action_on_a_case_has_its_sentence_or_is_told_by_another() -> None:
    steps = {f"case.{row.action}" for row in TRANSITIONS}
    offices_own = {"office.approval-line", "letters.printed", "letters.register-exported"}
    missing = (recorded_actions() | steps) - SENTENCES.keys() - UNTOLD - ACTIONS.keys() - offices_own
    assert not missing


def test_every_way_in_which_work_changes_hands_has_its_sentence() -> None:
    named = {name for path in (ROOT / "casework").glob("*.py") for name in TOLD.findall(path.read_text())}
    assert len(named) > 5
    assert not named - SENTENCES.keys()
