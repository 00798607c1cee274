"""The words of the casework."""

from flask_babel import lazy_gettext as _l

from kis.letters.values import Bilingual

LANGUAGES = ("ko", "en")
REQUEST_ENDS = ("arrived", "repeated", "returned", "withdrawn")
REQUEST_END_LABELS = {
    "arrived": _l("Answered"),
    "repeated": _l("Not met, asked a second time"),
    "returned": _l("Not met, application returned"),
    "withdrawn": _l("Withdrawn meanwhile"),
}
ENDING_KINDS = ("withdrawn", "returned")
ENDING_GROUNDS = {
    "wish": _l("On the applicant's written wish"),
    "undeliverable": _l("The supplement request came back undelivered twice"),
    "not-supplied": _l("What was asked for twice was not supplied"),
}
# Why a processing period may be extended. Neither workload nor the absence of an officer is among them
# (Civil Petitions Treatment Act Decree Art. 21, as of 6 May 2026).
EXTENSION_REASONS = {
    "other-authority": Bilingual(
        "다른 행정기관의 사실 조회·협의 회신이 필요함",
        "An inquiry to another authority must be answered first",
    ),
    "abroad": Bilingual(
        "외국 공문서의 진위를 해외에서 확인하여야 함", "A foreign document must be verified abroad"
    ),
    "headquarters": Bilingual(
        "법령의 해석에 관하여 법무부의 회신이 필요함",
        "The Ministry must answer a question on how the law is to be read",
    ),
    "complex-facts": Bilingual(
        "사실관계가 복잡하여 추가 조사가 필요함", "The facts are intricate and need further examination"
    ),
    "natural-disaster": Bilingual(
        "천재지변 등 불가항력의 사유로 처리가 지연됨",
        "A disaster or other superior force delayed the examination",
    ),
}
TRANSFER_ANSWERS = {
    "accepted": _l("Accepted"),
    "refused": _l("Not taken over"),
    "cancelled": _l("Cancelled"),
}
PAUSE_LABELS = {
    "supplement": _l("Supplement"),
    "inspection": _l("Inspection"),
    "transfer": _l("Transfer"),
    "concluded": _l("Ended until reopened"),
}
