"""Casework of a whole service: supplements, clock, transfers, allocation, search; letters of every kind, their proof and delivery."""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


class Copy(NamedTuple):
    """How SQLite changes a table: made anew, its rows copied, new columns filled, its indexes made again."""

    table: str
    made: str
    columns: tuple[str, ...]
    filled: Mapping[str, str]
    indexes: tuple[str, ...]


def copy(change: Copy) -> None:
    kept = ", ".join(f'"{name}"' for name in change.columns)
    into = ", ".join([kept, *(f'"{name}"' for name in change.filled)])
    chosen = ", ".join([kept, *change.filled.values()])
    old = f"old_{change.table}"
    # Or SQLite would let the keys of other tables follow the old one under its new name.
    op.execute("PRAGMA legacy_alter_table=ON")
    op.execute(f'ALTER TABLE "{change.table}" RENAME TO "{old}"')
    op.execute(change.made)
    op.execute(f'INSERT INTO "{change.table}" ({into}) SELECT {chosen} FROM "{old}"')  # noqa: S608
    op.execute(f'DROP TABLE "{old}"')
    op.execute("PRAGMA legacy_alter_table=OFF")
    for index in change.indexes:
        op.execute(index)


TO_NEW = (
    Copy(
        "applicant",
        """CREATE TABLE applicant (
    id INTEGER NOT NULL,
    family_name VARCHAR(200),
    given_names VARCHAR(200),
    local_name VARCHAR(200),
    birth_date DATE NOT NULL,
    sex VARCHAR(1),
    nationality VARCHAR(3) NOT NULL,
    registration_number BLOB,
    registration_index VARCHAR(64),
    passport_number BLOB,
    passport_index VARCHAR(64),
    phone VARCHAR(200),
    email VARCHAR(200),
    address TEXT,
    home_address TEXT,
    name_key VARCHAR(700) NOT NULL,
    CONSTRAINT pk_applicant PRIMARY KEY (id)
)""",
        (
            "id",
            "family_name",
            "given_names",
            "local_name",
            "birth_date",
            "sex",
            "nationality",
            "registration_number",
            "registration_index",
            "passport_number",
            "passport_index",
            "phone",
            "email",
            "address",
            "home_address",
        ),
        {"name_key": "''"},
        (
            "CREATE INDEX ix_applicant_passport ON applicant (passport_index)",
            "CREATE INDEX ix_applicant_identity ON applicant (birth_date, nationality)",
            "CREATE INDEX ix_applicant_registration ON applicant (registration_index)",
        ),
    ),
    Copy(
        "job",
        """CREATE TABLE job (
    id INTEGER NOT NULL,
    kind VARCHAR(80) NOT NULL,
    subject_id INTEGER NOT NULL,
    office_id INTEGER,
    "key" VARCHAR(100),
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    created_at DATETIME NOT NULL,
    available_at DATETIME NOT NULL,
    leased_until DATETIME,
    finished_at DATETIME,
    error TEXT,
    done INTEGER,
    total INTEGER,
    CONSTRAINT pk_job PRIMARY KEY (id),
    CONSTRAINT ck_job_state CHECK (state IN ('queued', 'running', 'done', 'failed')),
    CONSTRAINT ck_job_progress CHECK ((done IS NULL) = (total IS NULL) AND done BETWEEN 0 AND total)
)""",
        (
            "id",
            "kind",
            "subject_id",
            "state",
            "attempts",
            "created_at",
            "available_at",
            "leased_until",
            "finished_at",
            "error",
        ),
        {},
        (
            "CREATE INDEX ix_job_subject ON job (kind, subject_id)",
            """CREATE UNIQUE INDEX uq_job_key ON job ("key")""",
            "CREATE INDEX ix_job_open ON job (state, available_at)",
        ),
    ),
    Copy(
        "case",
        """CREATE TABLE "case" (
    id INTEGER NOT NULL,
    number VARCHAR(60) NOT NULL,
    procedure VARCHAR(40) NOT NULL,
    category VARCHAR(12) NOT NULL,
    route VARCHAR(40),
    office_id INTEGER NOT NULL,
    applicant_id INTEGER NOT NULL,
    state VARCHAR(20) NOT NULL,
    outcome VARCHAR(10),
    assignee_id INTEGER,
    received_on DATE NOT NULL,
    period_days INTEGER NOT NULL,
    due_on DATE NOT NULL,
    at_risk_on DATE NOT NULL,
    stopped_on DATE,
    decided_on DATE,
    processing_days INTEGER,
    registered_at DATETIME NOT NULL,
    registered_by_id INTEGER NOT NULL,
    reference VARCHAR(200),
    revision INTEGER NOT NULL,
    precheck_outcome VARCHAR(10),
    restricted BOOLEAN DEFAULT 0 NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_case PRIMARY KEY (id),
    CONSTRAINT ck_case_state CHECK (state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended', 'decided', 'closed', 'withdrawn', 'returned')),
    CONSTRAINT ck_case_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT ck_case_outcome_of_decided CHECK ((outcome IS NOT NULL) = (state IN ('decided', 'closed'))),
    CONSTRAINT ck_case_stopped CHECK (stopped_on IS NOT NULL OR state NOT IN ('awaiting_supplement', 'inspection')),
    CONSTRAINT ck_case_stopped_open CHECK (stopped_on IS NULL OR state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')),
    CONSTRAINT ck_case_decided_on CHECK (decided_on IS NULL OR outcome IS NOT NULL),
    CONSTRAINT ck_case_processing_days CHECK ((decided_on IS NULL) = (processing_days IS NULL)),
    CONSTRAINT ck_case_at_risk_on CHECK (at_risk_on < due_on),
    CONSTRAINT ck_case_period_days CHECK (period_days BETWEEN 1 AND 500),
    CONSTRAINT uq_case_office UNIQUE (id, office_id),
    CONSTRAINT uq_case_number UNIQUE (number),
    CONSTRAINT fk_case_office_id FOREIGN KEY(office_id) REFERENCES office (id),
    CONSTRAINT fk_case_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id),
    CONSTRAINT fk_case_assignee_id FOREIGN KEY(assignee_id) REFERENCES account (id),
    CONSTRAINT fk_case_registered_by_id FOREIGN KEY(registered_by_id) REFERENCES account (id)
)""",
        (
            "id",
            "number",
            "procedure",
            "category",
            "route",
            "office_id",
            "applicant_id",
            "state",
            "outcome",
            "assignee_id",
            "received_on",
            "due_on",
            "registered_at",
            "registered_by_id",
            "reference",
            "revision",
            "precheck_outcome",
            "version",
        ),
        {
            "period_days": "(SELECT processing_days FROM office WHERE office.id = old_case.office_id)",
            "at_risk_on": "date(due_on, '-7 days')",
        },
        (
            """CREATE INDEX ix_case_decided ON "case" (office_id, decided_on, assignee_id)""",
            """CREATE INDEX ix_case_open ON "case" (office_id, due_on, id) WHERE state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')""",
            """CREATE INDEX ix_case_state ON "case" (state, office_id)""",
            """CREATE INDEX ix_case_open_anywhere ON "case" (due_on, id) WHERE state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')""",
            """CREATE INDEX ix_case_open_of_officer ON "case" (assignee_id, due_on, id) WHERE state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')""",
            """CREATE INDEX ix_case_applicant ON "case" (applicant_id)""",
            """CREATE INDEX ix_case_restricted ON "case" (id) WHERE restricted""",
            """CREATE INDEX ix_case_received ON "case" (office_id, received_on, id)""",
            """CREATE INDEX ix_case_category ON "case" (office_id, category, received_on, id)""",
            """CREATE INDEX ix_case_ended ON "case" (office_id, due_on, id) WHERE state IN ('decided', 'closed', 'withdrawn', 'returned')""",
            """CREATE INDEX ix_case_ended_anywhere ON "case" (due_on, id) WHERE state IN ('decided', 'closed', 'withdrawn', 'returned')""",
        ),
    ),
    Copy(
        "note",
        """CREATE TABLE note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    written_at DATETIME NOT NULL,
    corrections INTEGER NOT NULL,
    corrected_at DATETIME,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_note_author_id FOREIGN KEY(author_id) REFERENCES account (id)
)""",
        ("id", "case_id", "text", "author_id", "written_at"),
        {"corrections": "0"},
        ("CREATE INDEX ix_note_case_id ON note (case_id)",),
    ),
    Copy(
        "case_document",
        """CREATE TABLE case_document (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    code VARCHAR(60) NOT NULL,
    person VARCHAR(200) NOT NULL,
    submitted BOOLEAN,
    issued_on DATE,
    expires_on DATE,
    defect TEXT,
    came_back_on DATE,
    scan_number INTEGER NOT NULL,
    reviewed_by_id INTEGER,
    reviewed_at DATETIME,
    reviewed_sha256 VARCHAR(64),
    reviewed_scan INTEGER,
    version INTEGER NOT NULL,
    CONSTRAINT pk_case_document PRIMARY KEY (id),
    CONSTRAINT uq_case_document_case_id_code_person UNIQUE (case_id, code, person),
    CONSTRAINT ck_case_document_review_is_whole CHECK ((reviewed_at IS NULL) = (reviewed_by_id IS NULL) AND (reviewed_at IS NULL) = (reviewed_sha256 IS NULL) AND (reviewed_at IS NULL) = (reviewed_scan IS NULL)),
    CONSTRAINT ck_case_document_reviewed_scan_exists CHECK (reviewed_scan >= 0 AND reviewed_scan <= scan_number),
    CONSTRAINT ck_case_document_review_of_paper CHECK ((reviewed_scan = 0) = (reviewed_sha256 = '')),
    CONSTRAINT ck_case_document_reviewed_sha256 CHECK (length(reviewed_sha256) IN (0, 64)),
    CONSTRAINT fk_case_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_case_document_reviewed_by_id FOREIGN KEY(reviewed_by_id) REFERENCES account (id)
)""",
        (
            "id",
            "case_id",
            "code",
            "person",
            "submitted",
            "issued_on",
            "expires_on",
            "defect",
            "scan_number",
            "reviewed_by_id",
            "reviewed_at",
            "reviewed_sha256",
            "reviewed_scan",
            "version",
        ),
        {},
        (),
    ),
    Copy(
        "letter",
        """CREATE TABLE letter (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    office_id INTEGER NOT NULL,
    kind VARCHAR(20) NOT NULL,
    register VARCHAR(1) NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number VARCHAR(60) NOT NULL,
    content JSON NOT NULL,
    code VARCHAR(10) NOT NULL,
    replaces_id INTEGER,
    issued_on DATE NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_by_id INTEGER NOT NULL,
    sha256 VARCHAR(64),
    size INTEGER,
    signer VARCHAR(64),
    rendered_at DATETIME,
    CONSTRAINT pk_letter PRIMARY KEY (id),
    CONSTRAINT uq_letter_office_id_year_register_sequence UNIQUE (office_id, year, register, sequence),
    CONSTRAINT ck_letter_kind CHECK (kind IN ('receipt', 'supplement', 'extension', 'transfer', 'permission', 'disapproval', 'disapproval-of-grant', 'return', 'withdrawal', 'correction', 'review-record')),
    CONSTRAINT ck_letter_register CHECK (register IN ('B', 'C', 'D', 'E', 'P', 'R', 'S', 'T', 'V', 'W')),
    CONSTRAINT ck_letter_sequence CHECK (sequence > 0),
    CONSTRAINT ck_letter_filled CHECK ((sha256 IS NULL) = (rendered_at IS NULL) AND (size IS NULL) = (rendered_at IS NULL)),
    CONSTRAINT ck_letter_pdf CHECK (length(sha256) = 64 AND size > 0),
    CONSTRAINT ck_letter_signer CHECK (signer IS NULL OR rendered_at IS NOT NULL),
    CONSTRAINT ck_letter_code CHECK (length(code) = 10),
    CONSTRAINT ck_letter_replaces CHECK (replaces_id <> id),
    CONSTRAINT fk_letter_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_letter_office_id FOREIGN KEY(office_id) REFERENCES office (id),
    CONSTRAINT uq_letter_number UNIQUE (number),
    CONSTRAINT uq_letter_code UNIQUE (code),
    CONSTRAINT uq_letter_replaces_id UNIQUE (replaces_id),
    CONSTRAINT fk_letter_replaces_id FOREIGN KEY(replaces_id) REFERENCES letter (id),
    CONSTRAINT fk_letter_issued_by_id FOREIGN KEY(issued_by_id) REFERENCES account (id)
)""",
        (
            "id",
            "case_id",
            "office_id",
            "kind",
            "register",
            "year",
            "sequence",
            "number",
            "content",
            "issued_on",
            "issued_at",
            "issued_by_id",
            "sha256",
            "size",
            "rendered_at",
        ),
        {"code": "substr(upper(hex(randomblob(8))), 1, 10)"},
        (
            "CREATE INDEX ix_letter_day ON letter (office_id, issued_on)",
            "CREATE INDEX ix_letter_pending ON letter (id) WHERE rendered_at IS NULL",
            "CREATE INDEX ix_letter_case ON letter (case_id)",
        ),
    ),
    Copy(
        "recommendation",
        """CREATE TABLE recommendation (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    text TEXT NOT NULL,
    stay_expires_on DATE,
    line JSON NOT NULL,
    revision INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    made_by_id INTEGER NOT NULL,
    made_at DATETIME NOT NULL,
    voided_at DATETIME,
    voided_by_id INTEGER,
    void_cause VARCHAR(20),
    void_comment TEXT,
    CONSTRAINT pk_recommendation PRIMARY KEY (id),
    CONSTRAINT ck_recommendation_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT ck_recommendation_void_cause CHECK (void_cause IN ('taken-back', 'returned', 'conflict', 'withdrawn', 'facts', 'documents', 'undone', 'set-aside')),
    CONSTRAINT ck_recommendation_voided CHECK ((voided_at IS NULL) = (void_cause IS NULL)),
    CONSTRAINT ck_recommendation_return_comment CHECK (void_cause <> 'returned' OR length(trim(void_comment)) > 0),
    CONSTRAINT uq_recommendation_made_by UNIQUE (id, made_by_id),
    CONSTRAINT uq_recommendation_made UNIQUE (id, case_id, made_by_id, outcome),
    CONSTRAINT fk_recommendation_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_recommendation_run_id FOREIGN KEY(run_id) REFERENCES precheck_run (id),
    CONSTRAINT fk_recommendation_made_by_id FOREIGN KEY(made_by_id) REFERENCES account (id),
    CONSTRAINT fk_recommendation_voided_by_id FOREIGN KEY(voided_by_id) REFERENCES account (id)
)""",
        (
            "id",
            "case_id",
            "outcome",
            "text",
            "stay_expires_on",
            "line",
            "revision",
            "run_id",
            "made_by_id",
            "made_at",
            "voided_at",
            "voided_by_id",
            "void_cause",
            "void_comment",
        ),
        {},
        (
            "CREATE UNIQUE INDEX uq_recommendation_standing ON recommendation (case_id) WHERE voided_at IS NULL",
            "CREATE INDEX ix_recommendation_case_id ON recommendation (case_id)",
        ),
    ),
    Copy(
        "decision",
        """CREATE TABLE decision (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    recommendation_id INTEGER NOT NULL,
    recommended_by_id INTEGER NOT NULL,
    recommended_outcome VARCHAR(10) NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    reason TEXT NOT NULL,
    decided_by_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    departure_deadline DATE,
    stay_expires_on DATE,
    voided_at DATETIME,
    voided_by_id INTEGER,
    void_cause VARCHAR(20),
    void_reason TEXT,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT ck_decision_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT ck_decision_not_recommender CHECK (decided_by_id <> recommended_by_id),
    CONSTRAINT ck_decision_reason_to_differ CHECK (outcome = recommended_outcome OR length(trim(reason)) > 0),
    CONSTRAINT ck_decision_departure CHECK ((outcome = 'refused') = (departure_deadline IS NOT NULL OR stay_expires_on IS NOT NULL)),
    CONSTRAINT fk_decision_recommendation FOREIGN KEY(recommendation_id, case_id, recommended_by_id, recommended_outcome) REFERENCES recommendation (id, case_id, made_by_id, outcome),
    CONSTRAINT ck_decision_void_cause CHECK (void_cause IN ('undone', 'set-aside')),
    CONSTRAINT ck_decision_voided CHECK ((voided_at IS NULL) = (void_cause IS NULL) AND (voided_at IS NULL) = (voided_by_id IS NULL)),
    CONSTRAINT ck_decision_void_reason CHECK (voided_at IS NULL OR length(trim(coalesce(void_reason, ''))) > 0),
    CONSTRAINT fk_decision_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_decision_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES account (id),
    CONSTRAINT fk_decision_voided_by_id FOREIGN KEY(voided_by_id) REFERENCES account (id)
)""",
        (
            "id",
            "case_id",
            "recommendation_id",
            "recommended_by_id",
            "recommended_outcome",
            "outcome",
            "reason",
            "decided_by_id",
            "at",
            "departure_deadline",
            "stay_expires_on",
        ),
        {},
        (
            "CREATE INDEX ix_decision_case_id ON decision (case_id)",
            "CREATE UNIQUE INDEX uq_decision_in_force ON decision (case_id) WHERE voided_at IS NULL",
        ),
    ),
)
TO_OLD = (
    Copy(
        "applicant",
        """CREATE TABLE applicant (
    id INTEGER NOT NULL,
    family_name VARCHAR(200),
    given_names VARCHAR(200),
    local_name VARCHAR(200),
    birth_date DATE NOT NULL,
    sex VARCHAR(1),
    nationality VARCHAR(3) NOT NULL,
    registration_number BLOB,
    registration_index VARCHAR(64),
    passport_number BLOB,
    passport_index VARCHAR(64),
    phone VARCHAR(200),
    email VARCHAR(200),
    address TEXT,
    home_address TEXT,
    CONSTRAINT pk_applicant PRIMARY KEY (id)
)""",
        (
            "id",
            "family_name",
            "given_names",
            "local_name",
            "birth_date",
            "sex",
            "nationality",
            "registration_number",
            "registration_index",
            "passport_number",
            "passport_index",
            "phone",
            "email",
            "address",
            "home_address",
        ),
        {},
        (
            "CREATE INDEX ix_applicant_identity ON applicant (birth_date, nationality)",
            "CREATE INDEX ix_applicant_passport ON applicant (passport_index)",
            "CREATE INDEX ix_applicant_registration ON applicant (registration_index)",
        ),
    ),
    Copy(
        "job",
        """CREATE TABLE job (
    id INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    subject_id INTEGER NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    created_at DATETIME NOT NULL,
    available_at DATETIME NOT NULL,
    leased_until DATETIME,
    finished_at DATETIME,
    error TEXT,
    CONSTRAINT pk_job PRIMARY KEY (id),
    CONSTRAINT ck_job_state CHECK (state IN ('queued', 'running', 'done', 'failed'))
)""",
        (
            "id",
            "kind",
            "subject_id",
            "state",
            "attempts",
            "created_at",
            "available_at",
            "leased_until",
            "finished_at",
            "error",
        ),
        {},
        ("CREATE INDEX ix_job_open ON job (state, available_at)",),
    ),
    Copy(
        "case",
        """CREATE TABLE "case" (
    id INTEGER NOT NULL,
    number VARCHAR(60) NOT NULL,
    procedure VARCHAR(40) NOT NULL,
    category VARCHAR(12) NOT NULL,
    route VARCHAR(40),
    office_id INTEGER NOT NULL,
    applicant_id INTEGER NOT NULL,
    state VARCHAR(20) NOT NULL,
    outcome VARCHAR(10),
    assignee_id INTEGER,
    received_on DATE NOT NULL,
    due_on DATE NOT NULL,
    registered_at DATETIME NOT NULL,
    registered_by_id INTEGER NOT NULL,
    reference VARCHAR(200),
    revision INTEGER NOT NULL,
    precheck_outcome VARCHAR(10),
    version INTEGER NOT NULL,
    CONSTRAINT pk_case PRIMARY KEY (id),
    CONSTRAINT ck_case_outcome_of_decided CHECK ((outcome IS NOT NULL) = (state IN ('decided', 'closed'))),
    CONSTRAINT ck_case_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT ck_case_state CHECK (state IN ('received', 'in_review', 'recommended', 'decided', 'closed')),
    CONSTRAINT fk_case_applicant_id FOREIGN KEY(applicant_id) REFERENCES applicant (id),
    CONSTRAINT fk_case_assignee_id FOREIGN KEY(assignee_id) REFERENCES account (id),
    CONSTRAINT fk_case_office_id FOREIGN KEY(office_id) REFERENCES office (id),
    CONSTRAINT fk_case_registered_by_id FOREIGN KEY(registered_by_id) REFERENCES account (id),
    CONSTRAINT uq_case_number UNIQUE (number)
)""",
        (
            "id",
            "number",
            "procedure",
            "category",
            "route",
            "office_id",
            "applicant_id",
            "state",
            "outcome",
            "assignee_id",
            "received_on",
            "due_on",
            "registered_at",
            "registered_by_id",
            "reference",
            "revision",
            "precheck_outcome",
            "version",
        ),
        {},
        (
            """CREATE INDEX ix_case_applicant ON "case" (applicant_id)""",
            """CREATE INDEX ix_case_assignee_due ON "case" (assignee_id, due_on, id)""",
            """CREATE INDEX ix_case_office_due ON "case" (office_id, due_on, id)""",
            """CREATE INDEX ix_case_state ON "case" (state, office_id)""",
        ),
    ),
    Copy(
        "note",
        """CREATE TABLE note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    written_at DATETIME NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_author_id FOREIGN KEY(author_id) REFERENCES account (id),
    CONSTRAINT fk_note_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)""",
        ("id", "case_id", "text", "author_id", "written_at"),
        {},
        ("CREATE INDEX ix_note_case_id ON note (case_id)",),
    ),
    Copy(
        "case_document",
        """CREATE TABLE case_document (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    code VARCHAR(60) NOT NULL,
    person VARCHAR(200) NOT NULL,
    submitted BOOLEAN,
    issued_on DATE,
    expires_on DATE,
    defect TEXT,
    scan_number INTEGER NOT NULL,
    reviewed_by_id INTEGER,
    reviewed_at DATETIME,
    reviewed_sha256 VARCHAR(64),
    reviewed_scan INTEGER,
    version INTEGER NOT NULL,
    CONSTRAINT pk_case_document PRIMARY KEY (id),
    CONSTRAINT ck_case_document_review_of_paper CHECK ((reviewed_scan = 0) = (reviewed_sha256 = '')),
    CONSTRAINT ck_case_document_review_is_whole CHECK ((reviewed_at IS NULL) = (reviewed_by_id IS NULL) AND (reviewed_at IS NULL) = (reviewed_sha256 IS NULL) AND (reviewed_at IS NULL) = (reviewed_scan IS NULL)),
    CONSTRAINT ck_case_document_reviewed_sha256 CHECK (length(reviewed_sha256) IN (0, 64)),
    CONSTRAINT ck_case_document_reviewed_scan_exists CHECK (reviewed_scan >= 0 AND reviewed_scan <= scan_number),
    CONSTRAINT fk_case_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_case_document_reviewed_by_id FOREIGN KEY(reviewed_by_id) REFERENCES account (id),
    CONSTRAINT uq_case_document_case_id_code_person UNIQUE (case_id, code, person)
)""",
        (
            "id",
            "case_id",
            "code",
            "person",
            "submitted",
            "issued_on",
            "expires_on",
            "defect",
            "scan_number",
            "reviewed_by_id",
            "reviewed_at",
            "reviewed_sha256",
            "reviewed_scan",
            "version",
        ),
        {},
        (),
    ),
    Copy(
        "letter",
        """CREATE TABLE letter (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    office_id INTEGER NOT NULL,
    kind VARCHAR(20) NOT NULL,
    register VARCHAR(1) NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number VARCHAR(60) NOT NULL,
    content JSON NOT NULL,
    issued_on DATE NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_by_id INTEGER NOT NULL,
    sha256 VARCHAR(64),
    size INTEGER,
    rendered_at DATETIME,
    CONSTRAINT pk_letter PRIMARY KEY (id),
    CONSTRAINT ck_letter_kind CHECK (kind IN ('permission', 'disapproval')),
    CONSTRAINT ck_letter_register CHECK (register IN ('D', 'P')),
    CONSTRAINT ck_letter_filled CHECK ((sha256 IS NULL) = (rendered_at IS NULL) AND (size IS NULL) = (rendered_at IS NULL)),
    CONSTRAINT ck_letter_pdf CHECK (length(sha256) = 64 AND size > 0),
    CONSTRAINT ck_letter_sequence CHECK (sequence > 0),
    CONSTRAINT fk_letter_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_letter_issued_by_id FOREIGN KEY(issued_by_id) REFERENCES account (id),
    CONSTRAINT fk_letter_office_id FOREIGN KEY(office_id) REFERENCES office (id),
    CONSTRAINT uq_letter_number UNIQUE (number),
    CONSTRAINT uq_letter_office_id_year_register_sequence UNIQUE (office_id, year, register, sequence)
)""",
        (
            "id",
            "case_id",
            "office_id",
            "kind",
            "register",
            "year",
            "sequence",
            "number",
            "content",
            "issued_on",
            "issued_at",
            "issued_by_id",
            "sha256",
            "size",
            "rendered_at",
        ),
        {},
        (
            "CREATE INDEX ix_letter_case ON letter (case_id)",
            "CREATE INDEX ix_letter_pending ON letter (id) WHERE rendered_at IS NULL",
        ),
    ),
    Copy(
        "recommendation",
        """CREATE TABLE recommendation (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    text TEXT NOT NULL,
    stay_expires_on DATE,
    line JSON NOT NULL,
    revision INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    made_by_id INTEGER NOT NULL,
    made_at DATETIME NOT NULL,
    voided_at DATETIME,
    voided_by_id INTEGER,
    void_cause VARCHAR(20),
    void_comment TEXT,
    CONSTRAINT pk_recommendation PRIMARY KEY (id),
    CONSTRAINT ck_recommendation_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT ck_recommendation_return_comment CHECK (void_cause <> 'returned' OR length(trim(void_comment)) > 0),
    CONSTRAINT ck_recommendation_void_cause CHECK (void_cause IN ('taken-back', 'returned', 'facts', 'documents')),
    CONSTRAINT ck_recommendation_voided CHECK ((voided_at IS NULL) = (void_cause IS NULL)),
    CONSTRAINT fk_recommendation_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_recommendation_made_by_id FOREIGN KEY(made_by_id) REFERENCES account (id),
    CONSTRAINT fk_recommendation_run_id FOREIGN KEY(run_id) REFERENCES precheck_run (id),
    CONSTRAINT fk_recommendation_voided_by_id FOREIGN KEY(voided_by_id) REFERENCES account (id),
    CONSTRAINT uq_recommendation_made UNIQUE (id, case_id, made_by_id, outcome),
    CONSTRAINT uq_recommendation_made_by UNIQUE (id, made_by_id)
)""",
        (
            "id",
            "case_id",
            "outcome",
            "text",
            "stay_expires_on",
            "line",
            "revision",
            "run_id",
            "made_by_id",
            "made_at",
            "voided_at",
            "voided_by_id",
            "void_cause",
            "void_comment",
        ),
        {},
        (
            "CREATE INDEX ix_recommendation_case_id ON recommendation (case_id)",
            "CREATE UNIQUE INDEX uq_recommendation_standing ON recommendation (case_id) WHERE voided_at IS NULL",
        ),
    ),
    Copy(
        "decision",
        """CREATE TABLE decision (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    recommendation_id INTEGER NOT NULL,
    recommended_by_id INTEGER NOT NULL,
    recommended_outcome VARCHAR(10) NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    reason TEXT NOT NULL,
    decided_by_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    departure_deadline DATE,
    stay_expires_on DATE,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT ck_decision_departure CHECK ((outcome = 'refused') = (departure_deadline IS NOT NULL OR stay_expires_on IS NOT NULL)),
    CONSTRAINT ck_decision_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT ck_decision_not_recommender CHECK (decided_by_id <> recommended_by_id),
    CONSTRAINT ck_decision_reason_to_differ CHECK (outcome = recommended_outcome OR length(trim(reason)) > 0),
    CONSTRAINT fk_decision_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_decision_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES account (id),
    CONSTRAINT fk_decision_recommendation FOREIGN KEY(recommendation_id, case_id, recommended_by_id, recommended_outcome) REFERENCES recommendation (id, case_id, made_by_id, outcome),
    CONSTRAINT uq_decision_case_id UNIQUE (case_id)
)""",
        (
            "id",
            "case_id",
            "recommendation_id",
            "recommended_by_id",
            "recommended_outcome",
            "outcome",
            "reason",
            "decided_by_id",
            "at",
            "departure_deadline",
            "stay_expires_on",
        ),
        {},
        (),
    ),
)
# Records are only ever added to, and a letter is filled in once.
TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER email_consent_no_update BEFORE UPDATE ON email_consent
BEGIN SELECT RAISE(ABORT, 'email_consent is append-only'); END""",
        """CREATE TRIGGER email_consent_no_delete BEFORE DELETE ON email_consent
BEGIN SELECT RAISE(ABORT, 'email_consent is append-only'); END""",
        """CREATE TRIGGER email_consent_no_replace BEFORE INSERT ON email_consent WHEN EXISTS (SELECT 1 FROM email_consent WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'email_consent is append-only'); END""",
        """CREATE TRIGGER letter_no_delete BEFORE DELETE ON letter
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_no_replace BEFORE INSERT ON letter WHEN EXISTS (SELECT 1 FROM letter WHERE id = NEW.id OR number = NEW.number OR code = NEW.code OR (office_id, year, register, sequence) = (NEW.office_id, NEW.year, NEW.register, NEW.sequence))
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_fixed BEFORE UPDATE OF id, case_id, office_id, kind, register, year, sequence, number, content, code, replaces_id, issued_on, issued_at, issued_by_id ON letter
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_filled_once BEFORE UPDATE ON letter WHEN OLD.rendered_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_void_no_update BEFORE UPDATE ON letter_void
BEGIN SELECT RAISE(ABORT, 'letter_void is append-only'); END""",
        """CREATE TRIGGER letter_void_no_delete BEFORE DELETE ON letter_void
BEGIN SELECT RAISE(ABORT, 'letter_void is append-only'); END""",
        """CREATE TRIGGER letter_void_no_replace BEFORE INSERT ON letter_void WHEN EXISTS (SELECT 1 FROM letter_void WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'letter_void is append-only'); END""",
        """CREATE TRIGGER letter_delivery_no_update BEFORE UPDATE ON letter_delivery
BEGIN SELECT RAISE(ABORT, 'letter_delivery is append-only'); END""",
        """CREATE TRIGGER letter_delivery_no_delete BEFORE DELETE ON letter_delivery
BEGIN SELECT RAISE(ABORT, 'letter_delivery is append-only'); END""",
        """CREATE TRIGGER letter_delivery_no_replace BEFORE INSERT ON letter_delivery WHEN EXISTS (SELECT 1 FROM letter_delivery WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'letter_delivery is append-only'); END""",
        """CREATE TRIGGER note_no_delete BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END""",
        """CREATE TRIGGER note_fixed BEFORE UPDATE OF id, case_id, author_id, written_at ON note
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END""",
        """CREATE TRIGGER note_no_replace BEFORE INSERT ON note WHEN EXISTS (SELECT 1 FROM note WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END""",
        """CREATE TRIGGER note_revision_no_delete BEFORE DELETE ON note_revision
BEGIN SELECT RAISE(ABORT, 'note_revision is append-only'); END""",
        """CREATE TRIGGER note_revision_no_update BEFORE UPDATE ON note_revision
BEGIN SELECT RAISE(ABORT, 'note_revision is append-only'); END""",
        """CREATE TRIGGER note_revision_no_replace BEFORE INSERT ON note_revision WHEN EXISTS (SELECT 1 FROM note_revision WHERE id = NEW.id OR (note_id, number) = (NEW.note_id, NEW.number))
BEGIN SELECT RAISE(ABORT, 'note_revision is append-only'); END""",
        """CREATE TRIGGER note_kept BEFORE UPDATE OF text, corrections, corrected_at ON note WHEN NOT (NEW.corrections = OLD.corrections + 1 AND EXISTS (SELECT 1 FROM note_revision WHERE note_id = OLD.id AND number = NEW.corrections AND text = OLD.text))
BEGIN SELECT RAISE(ABORT, 'a note is corrected only where its earlier wording is kept'); END""",
        """CREATE TRIGGER paragraph_text_no_delete BEFORE DELETE ON paragraph_text
BEGIN SELECT RAISE(ABORT, 'paragraph_text is append-only'); END""",
        """CREATE TRIGGER paragraph_text_no_replace BEFORE INSERT ON paragraph_text WHEN EXISTS (SELECT 1 FROM paragraph_text WHERE id = NEW.id OR (key, category, version) = (NEW.key, NEW.category, NEW.version) OR (key, category, state, NEW.state) = (NEW.key, NEW.category, 'proposed', 'proposed'))
BEGIN SELECT RAISE(ABORT, 'paragraph_text is append-only'); END""",
        """CREATE TRIGGER paragraph_text_fixed BEFORE UPDATE OF id, key, category, ko, en, reason, proposed_by_id, proposed_at ON paragraph_text
BEGIN SELECT RAISE(ABORT, 'paragraph_text is append-only'); END""",
        """CREATE TRIGGER paragraph_text_settled_once BEFORE UPDATE ON paragraph_text WHEN OLD.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'paragraph_text is append-only'); END""",
    ),
    "postgresql": (
        "CREATE TRIGGER letter_fixed BEFORE UPDATE OF id, case_id, office_id, kind, register, year, sequence, number, content, code, replaces_id, issued_on, issued_at, issued_by_id ON letter FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()",
        "CREATE TRIGGER email_consent_no_delete BEFORE DELETE ON email_consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER email_consent_no_truncate BEFORE TRUNCATE ON email_consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER email_consent_no_update BEFORE UPDATE ON email_consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER letter_delivery_no_delete BEFORE DELETE ON letter_delivery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER letter_delivery_no_truncate BEFORE TRUNCATE ON letter_delivery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER letter_delivery_no_update BEFORE UPDATE ON letter_delivery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER letter_void_no_delete BEFORE DELETE ON letter_void FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER letter_void_no_truncate BEFORE TRUNCATE ON letter_void FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER letter_void_no_update BEFORE UPDATE ON letter_void FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        """CREATE TRIGGER note_no_delete BEFORE DELETE ON note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER note_fixed BEFORE UPDATE OF id, case_id, author_id, written_at ON note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER note_no_truncate BEFORE TRUNCATE ON note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER note_revision_no_delete BEFORE DELETE ON note_revision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER note_revision_no_update BEFORE UPDATE ON note_revision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER note_revision_no_truncate BEFORE TRUNCATE ON note_revision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE FUNCTION refuse_unkept_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NOT (NEW.corrections = OLD.corrections + 1 AND EXISTS (SELECT 1 FROM note_revision WHERE note_id = OLD.id AND number = NEW.corrections AND text = OLD.text)) THEN RAISE EXCEPTION 'a note is corrected only where its earlier wording is kept'; END IF; RETURN NEW; END $$""",
        """CREATE TRIGGER note_kept BEFORE UPDATE OF text, corrections, corrected_at ON note
FOR EACH ROW EXECUTE FUNCTION refuse_unkept_wording()""",
        """CREATE TRIGGER paragraph_text_no_delete BEFORE DELETE ON paragraph_text
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER paragraph_text_no_truncate BEFORE TRUNCATE ON paragraph_text
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER paragraph_text_fixed BEFORE UPDATE OF id, key, category, ko, en, reason, proposed_by_id, proposed_at ON paragraph_text
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER paragraph_text_settled_once BEFORE UPDATE ON paragraph_text
FOR EACH ROW WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION refuse_change()""",
    ),
}
FORMER_TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER letter_no_delete BEFORE DELETE ON letter
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_no_replace BEFORE INSERT ON letter WHEN EXISTS (SELECT 1 FROM letter WHERE id = NEW.id OR number = NEW.number OR (office_id, year, register, sequence) = (NEW.office_id, NEW.year, NEW.register, NEW.sequence))
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_fixed BEFORE UPDATE OF id, case_id, office_id, kind, register, year, sequence, number, content, issued_on, issued_at, issued_by_id ON letter
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
        """CREATE TRIGGER letter_filled_once BEFORE UPDATE ON letter WHEN OLD.rendered_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a letter is filled in once and never changes'); END""",
    ),
    "postgresql": (
        "CREATE TRIGGER letter_fixed BEFORE UPDATE OF id, case_id, office_id, kind, register, year, sequence, number, content, issued_on, issued_at, issued_by_id ON letter FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()",
    ),
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        change_tables()
    else:
        for change in TO_NEW:
            copy(change)
    create_tables()
    op.add_column("office", supplement_days())
    op.drop_index("ix_access_record_account_id", table_name="access_record")
    op.create_index("ix_access_record_account", "access_record", ["account_id", "at"])
    for statement in TRIGGERS[dialect]:
        op.execute(statement)


def downgrade() -> None:
    """Refused by the CHECK constraints of 0001 where cases or letters are in states that it does not know."""
    dialect = op.get_bind().dialect.name
    op.drop_index("ix_access_record_account", table_name="access_record")
    op.create_index("ix_access_record_account_id", "access_record", ["account_id"])
    op.drop_column("office", "supplement_days")
    if dialect == "postgresql":
        release_notes()
    drop_tables()
    if dialect == "postgresql":
        change_tables_back()
    else:
        for change in TO_OLD:
            copy(change)
    for statement in FORMER_TRIGGERS[dialect]:
        op.execute(statement)


def supplement_days() -> sa.Column[int]:
    """With its CHECK, since SQLite adds and drops a column as a whole."""
    within = sa.CheckConstraint("supplement_days BETWEEN 1 AND 90", name=op.f("ck_office_supplement_days"))
    return sa.Column("supplement_days", sa.Integer(), within, nullable=False, server_default="14")


def release_notes() -> None:
    for name in ("no_delete", "fixed", "no_truncate", "kept"):
        op.execute(f"DROP TRIGGER note_{name} ON note")
    op.execute("DROP FUNCTION refuse_unkept_wording()")


def create_tables() -> None:
    op.create_table(
        "case_reader",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_reader_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_reader_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_reader")),
    )
    op.create_index(op.f("ix_case_reader_account_id"), "case_reader", ["account_id"])
    op.create_table(
        "case_restriction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_case_restriction_reason")),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_case_restriction_lifted")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_restriction_case_id")),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["account.id"], name=op.f("fk_case_restriction_lifted_by_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_case_restriction_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_restriction")),
    )
    op.create_index(op.f("ix_case_restriction_case_id"), "case_restriction", ["case_id"])
    op.create_index(
        "uq_case_restriction_standing",
        "case_restriction",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "tally",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("office_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('received', 'decided', 'days', 'reason', 'open', 'outlook')", name=op.f("ck_tally_kind")
        ),
        sa.PrimaryKeyConstraint(
            "kind", "office_id", "category", "month", "key", "days", name=op.f("pk_tally")
        ),
    )
    op.create_table(
        "tally_count",
        sa.Column("extent", sa.String(length=10), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extent IN ('all', 'recent')", name=op.f("ck_tally_count_extent")),
        sa.PrimaryKeyConstraint("extent", name=op.f("pk_tally_count")),
    )
    op.create_table(
        "verification_miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_miss")),
    )
    op.create_index("ix_verification_miss_recent", "verification_miss", ["address", "at"], unique=False)
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("arrangement", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "arrangement <> 'passes' OR substitute_id IS NOT NULL", name=op.f("ck_absence_passes")
        ),
        sa.CheckConstraint(
            "arrangement IN ('stays', 'passes', 'returns')", name=op.f("ck_absence_arrangement")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absence_days")),
        sa.CheckConstraint("substitute_id <> account_id", name=op.f("ck_absence_substitute")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_absence_account_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_absence_entered_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_absence_office_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["account.id"], name=op.f("fk_absence_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_account", "absence", ["account_id", "last_day"], unique=False)
    op.create_index("ix_absence_substitute", "absence", ["substitute_id"], unique=False)
    op.create_table(
        "allocation_policy",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("at_intake", sa.Boolean(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("way <> 'by_hand' OR NOT at_intake", name=op.f("ck_allocation_policy_at_intake")),
        sa.CheckConstraint(
            "way IN ('by_hand', 'in_turn', 'least_work')", name=op.f("ck_allocation_policy_way")
        ),
        sa.ForeignKeyConstraint(["last_id"], ["account.id"], name=op.f("fk_allocation_policy_last_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_allocation_policy_office_id")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_allocation_policy")),
    )
    op.create_table(
        "category_weight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.CheckConstraint("tenths BETWEEN 1 AND 1000", name=op.f("ck_category_weight_tenths")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_category_weight_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_weight")),
        sa.UniqueConstraint("office_id", "category", name=op.f("uq_category_weight_office_id_category")),
    )
    op.create_table(
        "email_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "form IN ('application', 'written', 'electronic')", name=op.f("ck_email_consent_form")
        ),
        sa.CheckConstraint("given = (length(email) > 0)", name=op.f("ck_email_consent_email")),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_email_consent_applicant_id")
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["account.id"], name=op.f("fk_email_consent_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_consent")),
    )
    op.create_index("ix_email_consent_applicant", "email_consent", ["applicant_id", "id"], unique=False)
    op.create_table(
        "paragraph_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("ko", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (version IS NOT NULL)", name=op.f("ck_paragraph_text_version")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_paragraph_text_decided_at")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by_id IS NULL)", name=op.f("ck_paragraph_text_decided_by")
        ),
        sa.CheckConstraint(
            "(state = 'retracted') = (decided_by_id = proposed_by_id)",
            name=op.f("ck_paragraph_text_four_eyes"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'retracted')", name=op.f("ck_paragraph_text_state")
        ),
        sa.CheckConstraint(
            "(length(trim(ko)) = 0) = (length(trim(en)) = 0)", name=op.f("ck_paragraph_text_languages")
        ),
        sa.CheckConstraint("length(trim(reason)) >= 10", name=op.f("ck_paragraph_text_reason")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_paragraph_text_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_paragraph_text_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph_text")),
        sa.UniqueConstraint(
            "key", "category", "version", name=op.f("uq_paragraph_text_key_category_version")
        ),
    )
    op.create_index(
        "uq_paragraph_text_proposed",
        "paragraph_text",
        ["key", "category"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "printout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("selected", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('letters', 'register')", name=op.f("ck_printout_kind")),
        sa.CheckConstraint("(sha256 IS NULL) = (size IS NULL)", name=op.f("ck_printout_file")),
        sa.CheckConstraint("sha256 IS NULL OR finished_at IS NOT NULL", name=op.f("ck_printout_finished")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_printout_asked_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_printout_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printout")),
    )
    op.create_index("ix_printout_office", "printout", ["office_id", "kind", "id"], unique=False)
    op.create_table(
        "processing_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("working_days BETWEEN 1 AND 500", name=op.f("ck_processing_period_working_days")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_processing_period_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_period")),
        sa.UniqueConstraint(
            "office_id",
            "procedure",
            "category",
            name=op.f("uq_processing_period_office_id_procedure_category"),
        ),
    )
    op.create_table(
        "quality_drawing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decided >= 0", name=op.f("ck_quality_drawing_decided")),
        sa.CheckConstraint("length(seed) = 32", name=op.f("ck_quality_drawing_seed")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["account.id"], name=op.f("fk_quality_drawing_drawn_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_quality_drawing_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_drawing")),
        sa.UniqueConstraint("office_id", "month", name=op.f("uq_quality_drawing_office_id_month")),
    )
    op.create_table(
        "sampling_policy",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.CheckConstraint("minimum BETWEEN 0 AND 1000", name=op.f("ck_sampling_policy_minimum")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_sampling_policy_percent")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_sampling_policy_office_id")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_sampling_policy")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("queue", sa.String(length=30), nullable=False),
        sa.Column("filters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_saved_filter_name")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_filter_account_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_saved_filter_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_filter_account_id_name")),
    )
    op.create_index(op.f("ix_saved_filter_office_id"), "saved_filter", ["office_id"], unique=False)
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_skill_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("account_id", "category", name=op.f("uq_skill_account_id_category")),
    )
    op.create_table(
        "case_fee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("receipt_number", sa.String(length=80), nullable=False),
        sa.Column("exemption", sa.String(length=20), nullable=True),
        sa.Column("exemption_note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "exemption IN ('status', 'merit', 'hardship', 'other')", name=op.f("ck_case_fee_exemption")
        ),
        sa.CheckConstraint("kind IN ('change', 'grant', 'card')", name=op.f("ck_case_fee_kind")),
        sa.CheckConstraint(
            "method IN ('revenue-stamp', 'card', 'cash', 'online')", name=op.f("ck_case_fee_method")
        ),
        sa.CheckConstraint(
            "(paid_on IS NULL) <> (exemption IS NULL)", name=op.f("ck_case_fee_paid_or_exempt")
        ),
        sa.CheckConstraint("(paid_on IS NULL) = (method IS NULL)", name=op.f("ck_case_fee_paid")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_case_fee_amount")),
        sa.CheckConstraint(
            "exemption IS NULL OR length(exemption_note) > 0", name=op.f("ck_case_fee_exemption_note")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_fee_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_case_fee_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_fee")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_case_fee_case_id_kind")),
    )
    op.create_table(
        "case_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=80), nullable=False),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'agent' OR authorised_on IS NOT NULL", name=op.f("ck_case_party_power_of_attorney")
        ),
        sa.CheckConstraint("kind IN ('agent', 'guardian')", name=op.f("ck_case_party_kind")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_case_party_name")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_case_party_days")),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_case_party_added_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_party_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
    )
    op.create_index("ix_case_party_case", "case_party", ["case_id"], unique=False)
    op.create_table(
        "case_presence",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_presence_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_presence_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_presence")),
    )
    op.create_table(
        "clock_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR length(trim(consent)) > 0", name=op.f("ck_clock_extension_consent")
        ),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_clock_extension_number")),
        sa.CheckConstraint("working_days >= 1", name=op.f("ck_clock_extension_working_days")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_extension_case_id")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_clock_extension_granted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_extension")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_clock_extension_case_id_number")),
    )
    op.create_table(
        "clock_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('supplement', 'inspection', 'transfer', 'concluded')", name=op.f("ck_clock_pause_kind")
        ),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_clock_pause_days")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_pause_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
    )
    op.create_index(op.f("ix_clock_pause_case_id"), "clock_pause", ["case_id"], unique=False)
    op.create_index(
        "uq_clock_pause_open",
        "clock_pause",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "conflict_of_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_conflict_of_interest_reason")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_conflict_of_interest_account_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_conflict_of_interest_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_of_interest")),
        sa.UniqueConstraint("case_id", "account_id", name=op.f("uq_conflict_of_interest_case_id_account_id")),
    )
    op.create_index("ix_conflict_of_interest_account", "conflict_of_interest", ["account_id"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(ended_on IS NULL) = (report IS NULL)", name=op.f("ck_inspection_report")),
        sa.CheckConstraint("ended_on >= opened_on", name=op.f("ck_inspection_days")),
        sa.CheckConstraint(
            "length(trim(purpose)) > 0 AND length(trim(place)) > 0", name=op.f("ck_inspection_purpose")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_inspection_case_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_inspection_ended_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name=op.f("fk_inspection_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_case_id"), "inspection", ["case_id"], unique=False)
    op.create_index(
        "uq_inspection_open",
        "inspection",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "name_part",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "office_id"],
            ["case.id", "case.office_id"],
            name="fk_name_part_case",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", "part", "case_id", "place", name=op.f("pk_name_part")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quality_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drawing_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "reviewed_at IS NULL OR reviewer_id IS NOT NULL", name=op.f("ck_quality_sample_reviewed")
        ),
        sa.CheckConstraint("reviewer_id <> officer_id", name=op.f("ck_quality_sample_reviewer")),
        sa.CheckConstraint("seen_at IS NULL OR reviewed_at IS NOT NULL", name=op.f("ck_quality_sample_seen")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_quality_sample_case_id")),
        sa.ForeignKeyConstraint(
            ["drawing_id"], ["quality_drawing.id"], name=op.f("fk_quality_sample_drawing_id")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_quality_sample_officer_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name=op.f("fk_quality_sample_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_sample")),
        sa.UniqueConstraint("drawing_id", "case_id", name=op.f("uq_quality_sample_drawing_id_case_id")),
    )
    op.create_index("ix_quality_sample_case", "quality_sample", ["case_id"], unique=False)
    op.create_index(
        "ix_quality_sample_officer", "quality_sample", ["officer_id", "reviewed_at"], unique=False
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 500", name=op.f("ck_reminder_text")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reminder_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_case", "reminder", ["case_id", "account_id"], unique=False)
    op.create_index(
        "ix_reminder_open",
        "reminder",
        ["account_id", "due_on"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_office_id", sa.Integer(), nullable=False),
        sa.Column("to_office_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer <> 'refused' OR length(trim(answer_reason)) > 0", name=op.f("ck_transfer_refusal_reason")
        ),
        sa.CheckConstraint("answer IN ('accepted', 'refused', 'cancelled')", name=op.f("ck_transfer_answer")),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_transfer_answered_at")),
        sa.CheckConstraint("from_office_id <> to_office_id", name=op.f("ck_transfer_offices")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_transfer_reason")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_transfer_answered_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_transfer_case_id")),
        sa.ForeignKeyConstraint(["from_office_id"], ["office.id"], name=op.f("fk_transfer_from_office_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_transfer_proposed_by_id")),
        sa.ForeignKeyConstraint(["to_office_id"], ["office.id"], name=op.f("fk_transfer_to_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index(op.f("ix_transfer_case_id"), "transfer", ["case_id"], unique=False)
    op.create_index("ix_transfer_from", "transfer", ["from_office_id", "answer"], unique=False)
    op.create_index("ix_transfer_to", "transfer", ["to_office_id", "answer"], unique=False)
    op.create_index(
        "uq_transfer_open",
        "transfer",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("answer IS NULL"),
        postgresql_where=sa.text("answer IS NULL"),
    )
    op.create_table(
        "ending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopening_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ground IN ('wish', 'undeliverable', 'not-supplied')", name=op.f("ck_ending_ground")
        ),
        sa.CheckConstraint("kind IN ('withdrawn', 'returned')", name=op.f("ck_ending_kind")),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (reopened_by_id IS NULL)", name=op.f("ck_ending_reopened")
        ),
        sa.CheckConstraint("length(trim(note)) > 0", name=op.f("ck_ending_note")),
        sa.CheckConstraint(
            "reopened_at IS NULL OR length(trim(reopening_reason)) > 0",
            name=op.f("ck_ending_reopening_reason"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_ending_case_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_ending_ended_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_ending_letter_id")),
        sa.ForeignKeyConstraint(["reopened_by_id"], ["account.id"], name=op.f("fk_ending_reopened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending")),
    )
    op.create_index(op.f("ix_ending_case_id"), "ending", ["case_id"], unique=False)
    op.create_index(
        "uq_ending_standing",
        "ending",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("reopened_at IS NULL"),
        postgresql_where=sa.text("reopened_at IS NULL"),
    )
    op.create_table(
        "letter_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("means", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=True),
        sa.Column("identity", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "means IN ('hand', 'post', 'email', 'notice')", name=op.f("ck_letter_delivery_means")
        ),
        sa.CheckConstraint(
            "step <> 'handed-over' OR length(recipient) > 0", name=op.f("ck_letter_delivery_handed_over")
        ),
        sa.CheckConstraint(
            "step IN ('handed-over', 'posted', 'emailed', 'announced', 'arrived', 'returned')",
            name=op.f("ck_letter_delivery_step"),
        ),
        sa.CheckConstraint(
            "step NOT IN ('posted', 'emailed', 'announced') OR length(reference) > 0",
            name=op.f("ck_letter_delivery_reference"),
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_delivery_letter_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["account.id"], name=op.f("fk_letter_delivery_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_delivery")),
    )
    op.create_index("ix_letter_delivery_letter", "letter_delivery", ["letter_id", "id"], unique=False)
    op.create_table(
        "letter_void",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_letter_void_reason")),
        sa.ForeignKeyConstraint(["id"], ["letter.id"], name=op.f("fk_letter_void_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["account.id"], name=op.f("fk_letter_void_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_void")),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mention_account_id")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_mention_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint("note_id", "account_id", name=op.f("uq_mention_note_id_account_id")),
    )
    op.create_index(op.f("ix_mention_account_id"), "mention", ["account_id"], unique=False)
    op.create_index(
        "ix_mention_unread",
        "mention",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "note_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_note_revision_number")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_note_revision_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_revision")),
        sa.UniqueConstraint("note_id", "number", name=op.f("uq_note_revision_note_id_number")),
    )
    op.create_table(
        "printout_letter",
        sa.Column("printout_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_printout_letter_letter_id")),
        sa.ForeignKeyConstraint(
            ["printout_id"], ["printout.id"], name=op.f("fk_printout_letter_printout_id")
        ),
        sa.PrimaryKeyConstraint("printout_id", "position", name=op.f("pk_printout_letter")),
    )
    op.create_index("ix_printout_letter_letter", "printout_letter", ["letter_id"], unique=False)
    op.create_table(
        "quality_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=30), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answer <> 'no' OR length(trim(remark)) > 0", name=op.f("ck_quality_answer_remark")
        ),
        sa.CheckConstraint(
            "answer IN ('yes', 'no', 'not_applicable')", name=op.f("ck_quality_answer_answer")
        ),
        sa.CheckConstraint(
            "question IN ('facts', 'documents', 'outcomes', 'reasons', 'letter', 'time')",
            name=op.f("ck_quality_answer_question"),
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["quality_sample.id"], name=op.f("fk_quality_answer_sample_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_answer")),
        sa.UniqueConstraint("sample_id", "question", name=op.f("uq_quality_answer_sample_id_question")),
    )
    op.create_table(
        "supplement_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("ended", sa.String(length=20), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ended IN ('arrived', 'repeated', 'returned', 'withdrawn')",
            name=op.f("ck_supplement_request_ended"),
        ),
        sa.CheckConstraint(
            "(ended IS NULL) = (ended_on IS NULL)", name=op.f("ck_supplement_request_ended_on")
        ),
        sa.CheckConstraint(
            "reply_by > asked_on AND ended_on >= asked_on", name=op.f("ck_supplement_request_days")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_supplement_request_asked_by_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_supplement_request_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_supplement_request_letter_id")),
        sa.ForeignKeyConstraint(
            ["repeats_id"], ["supplement_request.id"], name=op.f("fk_supplement_request_repeats_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement_request")),
        sa.UniqueConstraint("repeats_id", name=op.f("uq_supplement_request_repeats_id")),
    )
    op.create_index(op.f("ix_supplement_request_case_id"), "supplement_request", ["case_id"], unique=False)
    op.create_index(
        "ix_supplement_request_due",
        "supplement_request",
        ["reply_by"],
        unique=False,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index(
        "uq_supplement_request_open",
        "supplement_request",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "undelivered_letter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'on_the_way', 'returned')", name=op.f("ck_undelivered_letter_state")
        ),
        sa.CheckConstraint("returns >= 0", name=op.f("ck_undelivered_letter_returns")),
        sa.ForeignKeyConstraint(["id"], ["letter.id"], name=op.f("fk_undelivered_letter_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_undelivered_letter_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undelivered_letter")),
    )
    op.create_index(
        "ix_undelivered_letter_office",
        "undelivered_letter",
        ["office_id", "state", "since", "id"],
        unique=False,
    )
    op.create_table(
        "supplement_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(wish)) > 0", name=op.f("ck_supplement_extension_wish")),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_supplement_extension_number")),
        sa.CheckConstraint("reply_by > before", name=op.f("ck_supplement_extension_later")),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_supplement_extension_granted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["supplement_request.id"], name=op.f("fk_supplement_extension_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement_extension")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_supplement_extension_request_id_number")),
    )
    op.create_table(
        "supplement_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("criterion", sa.String(length=80), nullable=True),
        sa.Column("text_ko", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "document_id IS NULL OR criterion IS NULL", name=op.f("ck_supplement_item_one_source")
        ),
        sa.CheckConstraint(
            "length(trim(text_ko)) > 0 AND length(trim(text_en)) > 0", name=op.f("ck_supplement_item_wording")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["case_document.id"], name=op.f("fk_supplement_item_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["supplement_request.id"], name=op.f("fk_supplement_item_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement_item")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_supplement_item_request_id_position")),
    )
    op.create_index(op.f("ix_supplement_item_document_id"), "supplement_item", ["document_id"], unique=False)


def drop_tables() -> None:
    op.drop_table("case_restriction")
    op.drop_table("case_reader")
    op.drop_table("supplement_item")
    op.drop_table("supplement_extension")
    op.drop_table("undelivered_letter")
    op.drop_table("supplement_request")
    op.drop_table("quality_answer")
    op.drop_table("printout_letter")
    op.drop_table("note_revision")
    op.drop_table("mention")
    op.drop_table("letter_void")
    op.drop_table("letter_delivery")
    op.drop_table("ending")
    op.drop_table("transfer")
    op.drop_table("reminder")
    op.drop_table("quality_sample")
    op.drop_table("name_part")
    op.drop_table("inspection")
    op.drop_table("conflict_of_interest")
    op.drop_table("clock_pause")
    op.drop_table("clock_extension")
    op.drop_table("case_presence")
    op.drop_table("case_party")
    op.drop_table("case_fee")
    op.drop_table("skill")
    op.drop_table("saved_filter")
    op.drop_table("sampling_policy")
    op.drop_table("quality_drawing")
    op.drop_table("processing_period")
    op.drop_table("printout")
    op.drop_table("paragraph_text")
    op.drop_table("email_consent")
    op.drop_table("category_weight")
    op.drop_table("allocation_policy")
    op.drop_table("absence")
    op.drop_table("verification_miss")
    op.drop_table("tally_count")
    op.drop_table("tally")


def change_tables() -> None:
    op.execute("DROP TRIGGER letter_fixed ON letter")
    op.drop_constraint(op.f("ck_recommendation_void_cause"), "recommendation", type_="check")
    op.drop_constraint(op.f("ck_letter_register"), "letter", type_="check")
    op.drop_constraint(op.f("ck_letter_kind"), "letter", type_="check")
    op.drop_constraint(op.f("ck_case_state"), "case", type_="check")
    op.drop_index(op.f("ix_case_assignee_due"), table_name="case")
    op.drop_index(op.f("ix_case_office_due"), table_name="case")
    op.drop_constraint(op.f("uq_decision_case_id"), "decision", type_="unique")
    op.add_column("applicant", sa.Column("name_key", sa.String(length=700), nullable=True))
    op.execute("UPDATE applicant SET name_key = ''")
    op.alter_column("applicant", "name_key", nullable=False)
    op.add_column("case", sa.Column("period_days", sa.Integer(), nullable=True))
    op.execute(
        'UPDATE "case" SET period_days = (SELECT processing_days FROM office WHERE office.id = "case".office_id)'
    )
    op.alter_column("case", "period_days", nullable=False)
    op.add_column("case", sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_case_restricted", "case", ["id"], postgresql_where=sa.text("restricted"))
    op.add_column("case", sa.Column("at_risk_on", sa.Date(), nullable=True))
    op.execute('UPDATE "case" SET at_risk_on = due_on - 7')
    op.alter_column("case", "at_risk_on", nullable=False)
    op.add_column("case", sa.Column("stopped_on", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("decided_on", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("processing_days", sa.Integer(), nullable=True))
    op.add_column("case_document", sa.Column("came_back_on", sa.Date(), nullable=True))
    op.add_column("decision", sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("decision", sa.Column("voided_by_id", sa.Integer(), nullable=True))
    op.add_column("decision", sa.Column("void_cause", sa.String(length=20), nullable=True))
    op.add_column("decision", sa.Column("void_reason", sa.Text(), nullable=True))
    op.add_column("job", sa.Column("office_id", sa.Integer(), nullable=True))
    op.add_column("job", sa.Column("key", sa.String(length=100), nullable=True))
    op.add_column("job", sa.Column("done", sa.Integer(), nullable=True))
    op.add_column("job", sa.Column("total", sa.Integer(), nullable=True))
    op.add_column("letter", sa.Column("code", sa.String(length=10), nullable=True))
    op.execute("ALTER TABLE letter DISABLE TRIGGER USER")
    op.execute("UPDATE letter SET code = upper(substr(md5(random()::text || id), 1, 10))")
    op.execute("ALTER TABLE letter ENABLE TRIGGER USER")
    op.alter_column("letter", "code", nullable=False)
    op.add_column("letter", sa.Column("replaces_id", sa.Integer(), nullable=True))
    op.add_column("letter", sa.Column("signer", sa.String(length=64), nullable=True))
    op.add_column("note", sa.Column("corrections", sa.Integer(), nullable=True))
    op.execute("UPDATE note SET corrections = 0")
    op.alter_column("note", "corrections", nullable=False)
    op.add_column("note", sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_case_category", "case", ["office_id", "category", "received_on", "id"], unique=False)
    op.create_index("ix_case_decided", "case", ["office_id", "decided_on", "assignee_id"], unique=False)
    op.create_index(
        "ix_case_ended",
        "case",
        ["office_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('decided', 'closed', 'withdrawn', 'returned')"),
        postgresql_where=sa.text("state IN ('decided', 'closed', 'withdrawn', 'returned')"),
        postgresql_include=[],
    )
    op.create_index(
        "ix_case_ended_anywhere",
        "case",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('decided', 'closed', 'withdrawn', 'returned')"),
        postgresql_where=sa.text("state IN ('decided', 'closed', 'withdrawn', 'returned')"),
        postgresql_include=[],
    )
    op.create_index(
        "ix_case_open",
        "case",
        ["office_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')"
        ),
        postgresql_where=sa.text(
            "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')"
        ),
        postgresql_include=["state", "assignee_id", "stopped_on", "at_risk_on", "restricted"],
    )
    op.create_index(
        "ix_case_open_anywhere",
        "case",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')"
        ),
        postgresql_where=sa.text(
            "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')"
        ),
        postgresql_include=[],
    )
    op.create_index(
        "ix_case_open_of_officer",
        "case",
        ["assignee_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')"
        ),
        postgresql_where=sa.text(
            "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')"
        ),
        postgresql_include=[],
    )
    op.create_index("ix_case_received", "case", ["office_id", "received_on", "id"], unique=False)
    op.create_unique_constraint("uq_case_office", "case", ["id", "office_id"])
    op.create_index(op.f("ix_decision_case_id"), "decision", ["case_id"], unique=False)
    op.create_index(
        "uq_decision_in_force",
        "decision",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_foreign_key(op.f("fk_decision_voided_by_id"), "decision", "account", ["voided_by_id"], ["id"])
    op.alter_column(
        "job",
        "kind",
        existing_type=sa.VARCHAR(length=40),
        type_=sa.String(length=80),
        existing_nullable=False,
    )
    op.create_index("ix_job_subject", "job", ["kind", "subject_id"], unique=False)
    op.create_index("uq_job_key", "job", ["key"], unique=True)
    op.create_index("ix_letter_day", "letter", ["office_id", "issued_on"], unique=False)
    op.create_unique_constraint(op.f("uq_letter_code"), "letter", ["code"])
    op.create_unique_constraint(op.f("uq_letter_replaces_id"), "letter", ["replaces_id"])
    op.create_foreign_key(op.f("fk_letter_replaces_id"), "letter", "letter", ["replaces_id"], ["id"])
    op.create_check_constraint(op.f("ck_case_at_risk_on"), "case", "at_risk_on < due_on")
    op.create_check_constraint(
        op.f("ck_case_decided_on"), "case", "decided_on IS NULL OR outcome IS NOT NULL"
    )
    op.create_check_constraint(op.f("ck_case_period_days"), "case", "period_days BETWEEN 1 AND 500")
    op.create_check_constraint(
        op.f("ck_case_processing_days"), "case", "(decided_on IS NULL) = (processing_days IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_case_state"),
        "case",
        "state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended', 'decided', 'closed', 'withdrawn', 'returned')",
    )
    op.create_check_constraint(
        op.f("ck_case_stopped"),
        "case",
        "stopped_on IS NOT NULL OR state NOT IN ('awaiting_supplement', 'inspection')",
    )
    op.create_check_constraint(
        op.f("ck_case_stopped_open"),
        "case",
        "stopped_on IS NULL OR state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')",
    )
    op.create_check_constraint(
        op.f("ck_decision_void_cause"), "decision", "void_cause IN ('undone', 'set-aside')"
    )
    op.create_check_constraint(
        op.f("ck_decision_void_reason"),
        "decision",
        "voided_at IS NULL OR length(trim(coalesce(void_reason, ''))) > 0",
    )
    op.create_check_constraint(
        op.f("ck_decision_voided"),
        "decision",
        "(voided_at IS NULL) = (void_cause IS NULL) AND (voided_at IS NULL) = (voided_by_id IS NULL)",
    )
    op.create_check_constraint(
        op.f("ck_job_progress"), "job", "(done IS NULL) = (total IS NULL) AND done BETWEEN 0 AND total"
    )
    op.create_check_constraint(op.f("ck_letter_code"), "letter", "length(code) = 10")
    op.create_check_constraint(
        op.f("ck_letter_kind"),
        "letter",
        "kind IN ('receipt', 'supplement', 'extension', 'transfer', 'permission', 'disapproval', 'disapproval-of-grant', 'return', 'withdrawal', 'correction', 'review-record')",
    )
    op.create_check_constraint(
        op.f("ck_letter_register"), "letter", "register IN ('B', 'C', 'D', 'E', 'P', 'R', 'S', 'T', 'V', 'W')"
    )
    op.create_check_constraint(op.f("ck_letter_replaces"), "letter", "replaces_id <> id")
    op.create_check_constraint(
        op.f("ck_letter_signer"), "letter", "signer IS NULL OR rendered_at IS NOT NULL"
    )
    op.create_check_constraint(
        op.f("ck_recommendation_void_cause"),
        "recommendation",
        "void_cause IN ('taken-back', 'returned', 'conflict', 'withdrawn', 'facts', 'documents', 'undone', 'set-aside')",
    )


def change_tables_back() -> None:
    op.execute("DROP TRIGGER letter_fixed ON letter")
    op.drop_constraint(op.f("ck_recommendation_void_cause"), "recommendation", type_="check")
    op.drop_constraint(op.f("ck_letter_signer"), "letter", type_="check")
    op.drop_constraint(op.f("ck_letter_replaces"), "letter", type_="check")
    op.drop_constraint(op.f("ck_letter_register"), "letter", type_="check")
    op.drop_constraint(op.f("ck_letter_kind"), "letter", type_="check")
    op.drop_constraint(op.f("ck_letter_code"), "letter", type_="check")
    op.drop_constraint(op.f("ck_job_progress"), "job", type_="check")
    op.drop_constraint(op.f("ck_decision_voided"), "decision", type_="check")
    op.drop_constraint(op.f("ck_decision_void_reason"), "decision", type_="check")
    op.drop_constraint(op.f("ck_decision_void_cause"), "decision", type_="check")
    op.drop_constraint(op.f("ck_case_stopped_open"), "case", type_="check")
    op.drop_constraint(op.f("ck_case_stopped"), "case", type_="check")
    op.drop_constraint(op.f("ck_case_state"), "case", type_="check")
    op.drop_constraint(op.f("ck_case_processing_days"), "case", type_="check")
    op.drop_constraint(op.f("ck_case_period_days"), "case", type_="check")
    op.drop_constraint(op.f("ck_case_decided_on"), "case", type_="check")
    op.drop_constraint(op.f("ck_case_at_risk_on"), "case", type_="check")
    op.drop_constraint(op.f("fk_letter_replaces_id"), "letter", type_="foreignkey")
    op.drop_constraint(op.f("uq_letter_replaces_id"), "letter", type_="unique")
    op.drop_constraint(op.f("uq_letter_code"), "letter", type_="unique")
    op.drop_index("ix_letter_day", table_name="letter")
    op.drop_index("uq_job_key", table_name="job")
    op.drop_index("ix_job_subject", table_name="job")
    op.alter_column(
        "job", "kind", existing_type=sa.String(length=80), type_=sa.String(length=40), existing_nullable=False
    )
    op.drop_constraint(op.f("fk_decision_voided_by_id"), "decision", type_="foreignkey")
    op.drop_index("uq_decision_in_force", table_name="decision")
    op.drop_index(op.f("ix_decision_case_id"), table_name="decision")
    op.drop_constraint("uq_case_office", "case", type_="unique")
    op.drop_index("ix_case_received", table_name="case")
    op.drop_index("ix_case_open_of_officer", table_name="case")
    op.drop_index("ix_case_open_anywhere", table_name="case")
    op.drop_index("ix_case_open", table_name="case")
    op.drop_index("ix_case_ended_anywhere", table_name="case")
    op.drop_index("ix_case_ended", table_name="case")
    op.drop_index("ix_case_decided", table_name="case")
    op.drop_index("ix_case_category", table_name="case")
    op.drop_column("note", "corrected_at")
    op.drop_column("note", "corrections")
    op.drop_column("letter", "signer")
    op.drop_column("letter", "replaces_id")
    op.drop_column("letter", "code")
    op.drop_column("job", "total")
    op.drop_column("job", "done")
    op.drop_column("job", "key")
    op.drop_column("job", "office_id")
    op.drop_column("decision", "void_reason")
    op.drop_column("decision", "void_cause")
    op.drop_column("decision", "voided_by_id")
    op.drop_column("decision", "voided_at")
    op.drop_column("case_document", "came_back_on")
    op.drop_column("case", "processing_days")
    op.drop_column("case", "decided_on")
    op.drop_column("case", "stopped_on")
    op.drop_column("case", "at_risk_on")
    op.drop_column("case", "restricted")
    op.drop_column("case", "period_days")
    op.drop_column("applicant", "name_key")
    op.create_check_constraint(
        op.f("ck_recommendation_void_cause"),
        "recommendation",
        "void_cause IN ('taken-back', 'returned', 'facts', 'documents')",
    )
    op.create_check_constraint(op.f("ck_letter_register"), "letter", "register IN ('D', 'P')")
    op.create_check_constraint(op.f("ck_letter_kind"), "letter", "kind IN ('permission', 'disapproval')")
    op.create_check_constraint(
        op.f("ck_case_state"),
        "case",
        "state IN ('received', 'in_review', 'recommended', 'decided', 'closed')",
    )
    op.create_index("ix_case_assignee_due", "case", ["assignee_id", "due_on", "id"], unique=False)
    op.create_index("ix_case_office_due", "case", ["office_id", "due_on", "id"], unique=False)
    op.create_unique_constraint(op.f("uq_decision_case_id"), "decision", ["case_id"])
