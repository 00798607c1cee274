"""First schema."""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Records are only ever added to, and a letter is filled in once.
TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record
BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
        """CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record
BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
        """CREATE TRIGGER audit_record_no_replace BEFORE INSERT ON audit_record WHEN EXISTS (SELECT 1 FROM audit_record WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
        """CREATE TRIGGER access_record_no_update BEFORE UPDATE ON access_record
BEGIN SELECT RAISE(ABORT, 'access_record is append-only'); END""",
        """CREATE TRIGGER access_record_no_delete BEFORE DELETE ON access_record
BEGIN SELECT RAISE(ABORT, 'access_record is append-only'); END""",
        """CREATE TRIGGER access_record_no_replace BEFORE INSERT ON access_record WHEN EXISTS (SELECT 1 FROM access_record WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'access_record is append-only'); END""",
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
        """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$""",
        """CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER audit_record_no_truncate BEFORE TRUNCATE ON audit_record
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER access_record_no_update BEFORE UPDATE ON access_record
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER access_record_no_delete BEFORE DELETE ON access_record
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE TRIGGER access_record_no_truncate BEFORE TRUNCATE ON access_record
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
        """CREATE OR REPLACE FUNCTION refuse_letter_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a letter is filled in once and never changes'; END $$""",
        """CREATE TRIGGER letter_no_delete BEFORE DELETE ON letter
FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()""",
        """CREATE TRIGGER letter_no_truncate BEFORE TRUNCATE ON letter
FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()""",
        """CREATE TRIGGER letter_fixed BEFORE UPDATE OF id, case_id, office_id, kind, register, year, sequence, number, content, issued_on, issued_at, issued_by_id ON letter
FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()""",
        """CREATE TRIGGER letter_filled_once BEFORE UPDATE ON letter
FOR EACH ROW WHEN (OLD.rendered_at IS NOT NULL) EXECUTE FUNCTION refuse_letter_change()""",
    ),
}


def upgrade() -> None:
    op.create_table(
        "access_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("account_name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=True),
        sa.Column("task", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
    )
    op.create_index(op.f("ix_access_record_account_id"), "access_record", ["account_id"], unique=False)
    op.create_index(op.f("ix_access_record_at"), "access_record", ["at"], unique=False)
    op.create_index("ix_access_record_case", "access_record", ["case_id", "id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("full_name", sa.String(length=80), nullable=False),
        sa.Column("full_name_latin", sa.String(length=80), nullable=True),
        sa.Column("unit", sa.String(length=80), nullable=True),
        sa.Column("phone", sa.String(length=30), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name = lower(name) AND length(name) >= 3", name=op.f("ck_account_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "apostille_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("in_force_for_korea_from", sa.Date(), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "confidence IN ('confirmed', 'unverified')", name=op.f("ck_apostille_membership_confidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apostille_membership")),
        sa.UniqueConstraint(
            "country",
            "in_force_for_korea_from",
            name=op.f("uq_apostille_membership_country_in_force_for_korea_from"),
        ),
    )
    op.create_table(
        "applicant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("given_names", sa.String(length=200), nullable=True),
        sa.Column("local_name", sa.String(length=200), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("nationality", sa.String(length=3), nullable=False),
        sa.Column("registration_number", sa.LargeBinary(), nullable=True),
        sa.Column("registration_index", sa.String(length=64), nullable=True),
        sa.Column("passport_number", sa.LargeBinary(), nullable=True),
        sa.Column("passport_index", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("home_address", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant")),
    )
    op.create_index("ix_applicant_identity", "applicant", ["birth_date", "nationality"], unique=False)
    op.create_index("ix_applicant_passport", "applicant", ["passport_index"], unique=False)
    op.create_index("ix_applicant_registration", "applicant", ["registration_index"], unique=False)
    op.create_table(
        "audit_record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("account_name", sa.String(length=80), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("subject_table", sa.String(length=60), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_record")),
    )
    op.create_index("ix_audit_record_account", "audit_record", ["account_id", "id"], unique=False)
    op.create_index(op.f("ix_audit_record_action"), "audit_record", ["action"], unique=False)
    op.create_index(op.f("ix_audit_record_at"), "audit_record", ["at"], unique=False)
    op.create_index("ix_audit_record_case", "audit_record", ["case_id", "id"], unique=False)
    op.create_table(
        "division",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("bureau_en", sa.String(length=60), nullable=False),
        sa.Column("bureau_ko", sa.String(length=60), nullable=False),
        sa.Column("name_ko_source", sa.String(length=200), nullable=True),
        sa.Column("duties_en", sa.Text(), nullable=False),
        sa.Column("duties_ko", sa.Text(), nullable=False),
        sa.Column("mended", sa.Text(), nullable=True),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_ko", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
        sa.UniqueConstraint("code", name=op.f("uq_division_code")),
    )
    op.create_table(
        "embassy_acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("accepted_from", sa.Date(), nullable=True),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "confidence IN ('confirmed', 'unverified')", name=op.f("ck_embassy_acceptance_confidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embassy_acceptance")),
        sa.UniqueConstraint("country", name=op.f("uq_embassy_acceptance_country")),
    )
    op.create_table(
        "holiday_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_holiday", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_override")),
        sa.UniqueConstraint("day", name=op.f("uq_holiday_override_day")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_open", "job", ["state", "available_at"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("parent_source", sa.String(length=200), nullable=True),
        sa.Column("name_source", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("contact_source", sa.String(length=200), nullable=True),
        sa.Column("remarks_en", sa.Text(), nullable=True),
        sa.Column("remarks_ko", sa.Text(), nullable=True),
        sa.Column("processing_days", sa.Integer(), nullable=False),
        sa.Column("remedies_contact", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_ko", sa.String(length=80), nullable=True),
        sa.CheckConstraint(
            "code = lower(code) AND code = replace(code, ' ', '')", name=op.f("ck_office_code")
        ),
        sa.CheckConstraint("kind = 'branch_office' OR parent_id IS NULL", name=op.f("ck_office_parent")),
        sa.CheckConstraint("kind IN ('office', 'branch_office')", name=op.f("ck_office_kind")),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (parent_source IS NULL)", name=op.f("ck_office_parent_source")
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_office_own_parent")),
        sa.CheckConstraint("processing_days BETWEEN 1 AND 500", name=op.f("ck_office_processing_days")),
        sa.ForeignKeyConstraint(["parent_id"], ["office.id"], name=op.f("fk_office_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("code", name=op.f("uq_office_code")),
    )
    op.create_index(op.f("ix_office_parent_id"), "office", ["parent_id"], unique=False)
    op.create_table(
        "reference_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_krw", sa.BigInteger(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("applies_from", sa.Date(), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "confidence IN ('confirmed', 'unverified')", name=op.f("ck_reference_figure_confidence")
        ),
        sa.CheckConstraint("amount_krw > 0", name=op.f("ck_reference_figure_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_figure")),
        sa.UniqueConstraint(
            "figure", "year", "applies_from", name=op.f("uq_reference_figure_figure_year_applies_from")
        ),
    )
    op.create_table(
        "reference_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_reference_version_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_version")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_recent", "sign_in_attempt", ["name", "at"], unique=False)
    op.create_table(
        "approval_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('reception', 'officer', 'supervisor', 'headquarters', 'auditor', 'administrator')",
            name=op.f("ck_approval_step_role"),
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_approval_step_position")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_approval_step_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
        sa.UniqueConstraint("office_id", "position", name=op.f("uq_approval_step_office_id_position")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=12), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("precheck_outcome", sa.String(length=10), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NOT NULL) = (state IN ('decided', 'closed'))",
            name=op.f("ck_case_outcome_of_decided"),
        ),
        sa.CheckConstraint("outcome IN ('granted', 'refused')", name=op.f("ck_case_outcome")),
        sa.CheckConstraint(
            "state IN ('received', 'in_review', 'recommended', 'decided', 'closed')",
            name=op.f("ck_case_state"),
        ),
        sa.ForeignKeyConstraint(["applicant_id"], ["applicant.id"], name=op.f("fk_case_applicant_id")),
        sa.ForeignKeyConstraint(["assignee_id"], ["account.id"], name=op.f("fk_case_assignee_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_case_office_id")),
        sa.ForeignKeyConstraint(["registered_by_id"], ["account.id"], name=op.f("fk_case_registered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    op.create_index("ix_case_applicant", "case", ["applicant_id"], unique=False)
    op.create_index("ix_case_assignee_due", "case", ["assignee_id", "due_on", "id"], unique=False)
    op.create_index("ix_case_office_due", "case", ["office_id", "due_on", "id"], unique=False)
    op.create_index("ix_case_state", "case", ["state", "office_id"], unique=False)
    op.create_table(
        "jurisdiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("province_ko", sa.String(length=40), nullable=False),
        sa.Column("province_en", sa.String(length=40), nullable=False),
        sa.Column("district_ko", sa.String(length=40), nullable=False),
        sa.Column("district_en", sa.String(length=40), nullable=False),
        sa.Column("extent", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("confidence", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "confidence IN ('official', 'official_copy', 'press')", name=op.f("ck_jurisdiction_confidence")
        ),
        sa.CheckConstraint(
            "extent = 'included' OR district_ko <> ''", name=op.f("ck_jurisdiction_whole_province")
        ),
        sa.CheckConstraint("extent IN ('included', 'excluded')", name=op.f("ck_jurisdiction_extent")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_jurisdiction_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jurisdiction")),
        sa.UniqueConstraint(
            "office_id",
            "province_ko",
            "district_ko",
            name=op.f("uq_jurisdiction_office_id_province_ko_district_ko"),
        ),
    )
    op.create_index(op.f("ix_jurisdiction_province_ko"), "jurisdiction", ["province_ko"], unique=False)
    op.create_table(
        "letter_counter",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=1), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_letter_counter_office_id")),
        sa.PrimaryKeyConstraint("office_id", "year", "register", name=op.f("pk_letter_counter")),
    )
    op.create_table(
        "receipt_counter",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_receipt_counter_office_id")),
        sa.PrimaryKeyConstraint("office_id", "year", name=op.f("pk_receipt_counter")),
    )
    op.create_table(
        "reference_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_reference_proposal_decided_at")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by_id IS NULL)", name=op.f("ck_reference_proposal_decided_by")
        ),
        sa.CheckConstraint(
            "(state = 'retracted') = (decided_by_id = proposed_by_id)",
            name=op.f("ck_reference_proposal_four_eyes"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'retracted')",
            name=op.f("ck_reference_proposal_state"),
        ),
        sa.CheckConstraint("length(trim(reason)) >= 10", name=op.f("ck_reference_proposal_reason")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_reference_proposal_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_reference_proposal_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_proposal")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('reception', 'officer', 'supervisor')) = (office_id IS NOT NULL)",
            name=op.f("ck_role_grant_office"),
        ),
        sa.CheckConstraint(
            "role IN ('reception', 'officer', 'supervisor', 'headquarters', 'auditor', 'administrator')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_role_grant_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account_id", "role", "office_id", name=op.f("uq_role_grant_account_id_role_office_id")
        ),
    )
    op.create_index(op.f("ix_role_grant_account_id"), "role_grant", ["account_id"], unique=False)
    op.create_index(op.f("ix_role_grant_office_id"), "role_grant", ["office_id"], unique=False)
    op.create_table(
        "service_center",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_ko", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_service_center_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_center")),
        sa.UniqueConstraint("office_id", "code", name=op.f("uq_service_center_office_id_code")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("browser", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)
    op.create_table(
        "case_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("defect", sa.Text(), nullable=True),
        sa.Column("scan_number", sa.Integer(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_sha256", sa.String(length=64), nullable=True),
        sa.Column("reviewed_scan", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(reviewed_scan = 0) = (reviewed_sha256 = '')", name=op.f("ck_case_document_review_of_paper")
        ),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (reviewed_by_id IS NULL) AND (reviewed_at IS NULL) = (reviewed_sha256 IS NULL) AND (reviewed_at IS NULL) = (reviewed_scan IS NULL)",
            name=op.f("ck_case_document_review_is_whole"),
        ),
        sa.CheckConstraint(
            "length(reviewed_sha256) IN (0, 64)", name=op.f("ck_case_document_reviewed_sha256")
        ),
        sa.CheckConstraint(
            "reviewed_scan >= 0 AND reviewed_scan <= scan_number",
            name=op.f("ck_case_document_reviewed_scan_exists"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_document_case_id")),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["account.id"], name=op.f("fk_case_document_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
        sa.UniqueConstraint("case_id", "code", "person", name=op.f("uq_case_document_case_id_code_person")),
    )
    op.create_table(
        "dossier_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("differences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_dossier_revision_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_dossier_revision_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_revision")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_dossier_revision_case_id_number")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("register", sa.String(length=1), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('permission', 'disapproval')", name=op.f("ck_letter_kind")),
        sa.CheckConstraint("register IN ('D', 'P')", name=op.f("ck_letter_register")),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (rendered_at IS NULL) AND (size IS NULL) = (rendered_at IS NULL)",
            name=op.f("ck_letter_filled"),
        ),
        sa.CheckConstraint("length(sha256) = 64 AND size > 0", name=op.f("ck_letter_pdf")),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_letter_sequence")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_letter_case_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name=op.f("fk_letter_issued_by_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_letter_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_number")),
        sa.UniqueConstraint(
            "office_id",
            "year",
            "register",
            "sequence",
            name=op.f("uq_letter_office_id_year_register_sequence"),
        ),
    )
    op.create_index("ix_letter_case", "letter", ["case_id"], unique=False)
    op.create_index(
        "ix_letter_pending",
        "letter",
        ["id"],
        unique=False,
        sqlite_where=sa.text("rendered_at IS NULL"),
        postgresql_where=sa.text("rendered_at IS NULL"),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_note_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_note_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_case_id"), "note", ["case_id"], unique=False)
    op.create_table(
        "precheck_recheck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('impact', 'recheck')", name=op.f("ck_precheck_recheck_purpose")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["reference_proposal.id"], name=op.f("fk_precheck_recheck_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precheck_recheck")),
    )
    op.create_index(
        op.f("ix_precheck_recheck_proposal_id"), "precheck_recheck", ["proposal_id"], unique=False
    )
    op.create_table(
        "precheck_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("overall", sa.String(length=10), nullable=False),
        sa.Column("areas", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("marks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "overall IN ('met', 'not_met', 'exempt', 'review', 'unknown')",
            name=op.f("ck_precheck_run_overall"),
        ),
        sa.CheckConstraint(
            "trigger IN ('intake', 'revision', 'documents', 'demand', 'figures')",
            name=op.f("ck_precheck_run_trigger"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_precheck_run_case_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_precheck_run_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precheck_run")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_precheck_run_case_id_number")),
    )
    op.create_table(
        "reference_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("(action = 'add') = (before IS NULL)", name=op.f("ck_reference_change_before")),
        sa.CheckConstraint("(action = 'withdraw') = (after IS NULL)", name=op.f("ck_reference_change_after")),
        sa.CheckConstraint(
            "action IN ('add', 'change', 'withdraw')", name=op.f("ck_reference_change_action")
        ),
        sa.CheckConstraint(
            "subject IN ('figure', 'apostille', 'embassy')", name=op.f("ck_reference_change_subject")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["reference_proposal.id"], name=op.f("fk_reference_change_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_change")),
    )
    op.create_index(
        op.f("ix_reference_change_proposal_id"), "reference_change", ["proposal_id"], unique=False
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("notices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("warnings", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("source IN ('form', 'file', 'command')", name=op.f("ck_registration_source")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_registration_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("case_id", name=op.f("uq_registration_case_id")),
        sa.UniqueConstraint("key", name=op.f("uq_registration_key")),
    )
    op.create_table(
        "service_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("location", sa.String(length=120), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("jurisdiction", sa.String(length=200), nullable=True),
        sa.Column("exclusions", sa.String(length=120), nullable=True),
        sa.Column("limits", sa.String(length=120), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("after_time", sa.Time(), nullable=True),
        sa.Column("courier", sa.Boolean(), nullable=True),
        sa.Column("mended", sa.Text(), nullable=True),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('nationality', 'residence', 'global_talent', 'others')",
            name=op.f("ck_service_window_kind"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_service_window_number")),
        sa.CheckConstraint("to_day IS NULL OR from_day <= to_day", name=op.f("ck_service_window_days")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_service_window_center_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_service_window_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_window")),
        sa.UniqueConstraint("number", name=op.f("uq_service_window_number")),
    )
    op.create_index(op.f("ix_service_window_office_id"), "service_window", ["office_id"], unique=False)
    op.create_table(
        "precheck_departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=80), nullable=False),
        sa.Column("from_outcome", sa.String(length=10), nullable=False),
        sa.Column("to_outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "from_outcome IN ('met', 'not_met', 'exempt', 'review', 'unknown') AND to_outcome IN ('met', 'not_met', 'exempt', 'review', 'unknown')",
            name=op.f("ck_precheck_departure_outcomes"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_precheck_departure_withdrawn")
        ),
        sa.CheckConstraint("from_outcome <> to_outcome", name=op.f("ck_precheck_departure_departs")),
        sa.CheckConstraint("length(reason) >= 10", name=op.f("ck_precheck_departure_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_precheck_departure_case_id")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_precheck_departure_made_by_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["precheck_run.id"], name=op.f("fk_precheck_departure_run_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["account.id"], name=op.f("fk_precheck_departure_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precheck_departure")),
    )
    op.create_index("ix_precheck_departure_case", "precheck_departure", ["case_id", "id"], unique=False)
    op.create_index(
        "uq_precheck_departure_standing",
        "precheck_departure",
        ["case_id", "criterion"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "precheck_recheck_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recheck_id", sa.Integer(), nullable=False),
        sa.Column("first_case_id", sa.Integer(), nullable=False),
        sa.Column("last_case_id", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["recheck_id"], ["precheck_recheck.id"], name=op.f("fk_precheck_recheck_chunk_recheck_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precheck_recheck_chunk")),
    )
    op.create_index(
        op.f("ix_precheck_recheck_chunk_recheck_id"), "precheck_recheck_chunk", ["recheck_id"], unique=False
    )
    op.create_table(
        "precheck_recheck_line",
        sa.Column("recheck_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("before", sa.String(length=10), nullable=False),
        sa.Column("after", sa.String(length=10), nullable=False),
        sa.Column("areas", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_precheck_recheck_line_case_id")),
        sa.ForeignKeyConstraint(
            ["recheck_id"], ["precheck_recheck.id"], name=op.f("fk_precheck_recheck_line_recheck_id")
        ),
        sa.PrimaryKeyConstraint("recheck_id", "case_id", name=op.f("pk_precheck_recheck_line")),
    )
    op.create_index(
        "ix_precheck_recheck_line_case", "precheck_recheck_line", ["case_id", "run"], unique=False
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stay_expires_on", sa.Date(), nullable=True),
        sa.Column("line", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("void_cause", sa.String(length=20), nullable=True),
        sa.Column("void_comment", sa.Text(), nullable=True),
        sa.CheckConstraint("outcome IN ('granted', 'refused')", name=op.f("ck_recommendation_outcome")),
        sa.CheckConstraint(
            "void_cause <> 'returned' OR length(trim(void_comment)) > 0",
            name=op.f("ck_recommendation_return_comment"),
        ),
        sa.CheckConstraint(
            "void_cause IN ('taken-back', 'returned', 'facts', 'documents')",
            name=op.f("ck_recommendation_void_cause"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_cause IS NULL)", name=op.f("ck_recommendation_voided")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_recommendation_case_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_recommendation_made_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["precheck_run.id"], name=op.f("fk_recommendation_run_id")),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["account.id"], name=op.f("fk_recommendation_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("id", "case_id", "made_by_id", "outcome", name="uq_recommendation_made"),
        sa.UniqueConstraint("id", "made_by_id", name="uq_recommendation_made_by"),
    )
    op.create_index(op.f("ix_recommendation_case_id"), "recommendation", ["case_id"], unique=False)
    op.create_index(
        "uq_recommendation_standing",
        "recommendation",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_scan_sha256")),
        sa.CheckConstraint("number >= 1 AND size >= 1 AND pages >= 1", name=op.f("ck_scan_counts")),
        sa.ForeignKeyConstraint(
            ["case_document_id"], ["case_document.id"], name=op.f("fk_scan_case_document_id")
        ),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["account.id"], name=op.f("fk_scan_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("case_document_id", "number", name=op.f("uq_scan_case_document_id_number")),
    )
    op.create_index(op.f("ix_scan_sha256"), "scan", ["sha256"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("recommended_by_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint("account_id <> recommended_by_id", name=op.f("ck_approval_not_recommender")),
        sa.CheckConstraint("position >= 2", name=op.f("ck_approval_position")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_approval_account_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id", "recommended_by_id"],
            ["recommendation.id", "recommendation.made_by_id"],
            name="fk_approval_recommendation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "recommendation_id", "account_id", name=op.f("uq_approval_recommendation_id_account_id")
        ),
        sa.UniqueConstraint(
            "recommendation_id", "position", name=op.f("uq_approval_recommendation_id_position")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("recommended_by_id", sa.Integer(), nullable=False),
        sa.Column("recommended_outcome", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("departure_deadline", sa.Date(), nullable=True),
        sa.Column("stay_expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'refused') = (departure_deadline IS NOT NULL OR stay_expires_on IS NOT NULL)",
            name=op.f("ck_decision_departure"),
        ),
        sa.CheckConstraint("outcome IN ('granted', 'refused')", name=op.f("ck_decision_outcome")),
        sa.CheckConstraint("decided_by_id <> recommended_by_id", name=op.f("ck_decision_not_recommender")),
        sa.CheckConstraint(
            "outcome = recommended_outcome OR length(trim(reason)) > 0",
            name=op.f("ck_decision_reason_to_differ"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_decision_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id", "case_id", "recommended_by_id", "recommended_outcome"],
            [
                "recommendation.id",
                "recommendation.case_id",
                "recommendation.made_by_id",
                "recommendation.outcome",
            ],
            name="fk_decision_recommendation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("case_id", name=op.f("uq_decision_case_id")),
    )
    op.create_table(
        "recommendation_reason",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=80), nullable=True),
        sa.Column("finding", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("wording_ko", sa.Text(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=False),
        sa.Column("basis_ko", sa.Text(), nullable=False),
        sa.Column("basis_en", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(criterion IS NULL) = (finding IS NULL)", name=op.f("ck_recommendation_reason_finding")
        ),
        sa.CheckConstraint(
            "criterion IS NOT NULL OR (length(trim(wording_ko)) > 0 AND length(trim(wording_en)) > 0)",
            name=op.f("ck_recommendation_reason_wording"),
        ),
        sa.CheckConstraint(
            "length(trim(basis_ko)) > 0 AND length(trim(basis_en)) > 0",
            name=op.f("ck_recommendation_reason_basis"),
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_reason_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_reason")),
    )
    op.create_index(
        op.f("ix_recommendation_reason_recommendation_id"),
        "recommendation_reason",
        ["recommendation_id"],
        unique=False,
    )
    op.create_table(
        "decision_reason",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=80), nullable=True),
        sa.Column("finding", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("wording_ko", sa.Text(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=False),
        sa.Column("basis_ko", sa.Text(), nullable=False),
        sa.Column("basis_en", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(criterion IS NULL) = (finding IS NULL)", name=op.f("ck_decision_reason_finding")
        ),
        sa.CheckConstraint(
            "criterion IS NOT NULL OR (length(trim(wording_ko)) > 0 AND length(trim(wording_en)) > 0)",
            name=op.f("ck_decision_reason_wording"),
        ),
        sa.CheckConstraint(
            "length(trim(basis_ko)) > 0 AND length(trim(basis_en)) > 0", name=op.f("ck_decision_reason_basis")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_reason_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_reason")),
    )
    op.create_index(op.f("ix_decision_reason_decision_id"), "decision_reason", ["decision_id"], unique=False)
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_reason_decision_id"), table_name="decision_reason")
    op.drop_table("decision_reason")
    op.drop_index(op.f("ix_recommendation_reason_recommendation_id"), table_name="recommendation_reason")
    op.drop_table("recommendation_reason")
    op.drop_table("decision")
    op.drop_table("approval")
    op.drop_index(op.f("ix_scan_sha256"), table_name="scan")
    op.drop_table("scan")
    op.drop_index(
        "uq_recommendation_standing",
        table_name="recommendation",
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index(op.f("ix_recommendation_case_id"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_index("ix_precheck_recheck_line_case", table_name="precheck_recheck_line")
    op.drop_table("precheck_recheck_line")
    op.drop_index(op.f("ix_precheck_recheck_chunk_recheck_id"), table_name="precheck_recheck_chunk")
    op.drop_table("precheck_recheck_chunk")
    op.drop_index(
        "uq_precheck_departure_standing",
        table_name="precheck_departure",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index("ix_precheck_departure_case", table_name="precheck_departure")
    op.drop_table("precheck_departure")
    op.drop_index(op.f("ix_service_window_office_id"), table_name="service_window")
    op.drop_table("service_window")
    op.drop_table("registration")
    op.drop_index(op.f("ix_reference_change_proposal_id"), table_name="reference_change")
    op.drop_table("reference_change")
    op.drop_table("precheck_run")
    op.drop_index(op.f("ix_precheck_recheck_proposal_id"), table_name="precheck_recheck")
    op.drop_table("precheck_recheck")
    op.drop_index(op.f("ix_note_case_id"), table_name="note")
    op.drop_table("note")
    op.drop_index(
        "ix_letter_pending",
        table_name="letter",
        sqlite_where=sa.text("rendered_at IS NULL"),
        postgresql_where=sa.text("rendered_at IS NULL"),
    )
    op.drop_index("ix_letter_case", table_name="letter")
    op.drop_table("letter")
    op.drop_table("dossier_revision")
    op.drop_table("case_document")
    op.drop_index(op.f("ix_sign_in_session_account_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_table("service_center")
    op.drop_index(op.f("ix_role_grant_office_id"), table_name="role_grant")
    op.drop_index(op.f("ix_role_grant_account_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_table("reference_proposal")
    op.drop_table("receipt_counter")
    op.drop_table("letter_counter")
    op.drop_index(op.f("ix_jurisdiction_province_ko"), table_name="jurisdiction")
    op.drop_table("jurisdiction")
    op.drop_index("ix_case_state", table_name="case")
    op.drop_index("ix_case_office_due", table_name="case")
    op.drop_index("ix_case_assignee_due", table_name="case")
    op.drop_index("ix_case_applicant", table_name="case")
    op.drop_table("case")
    op.drop_table("approval_step")
    op.drop_index("ix_sign_in_attempt_recent", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("reference_version")
    op.drop_table("reference_figure")
    op.drop_index(op.f("ix_office_parent_id"), table_name="office")
    op.drop_table("office")
    op.drop_index("ix_job_open", table_name="job")
    op.drop_table("job")
    op.drop_table("holiday_override")
    op.drop_table("embassy_acceptance")
    op.drop_table("division")
    op.drop_index("ix_audit_record_case", table_name="audit_record")
    op.drop_index(op.f("ix_audit_record_at"), table_name="audit_record")
    op.drop_index(op.f("ix_audit_record_action"), table_name="audit_record")
    op.drop_index("ix_audit_record_account", table_name="audit_record")
    op.drop_table("audit_record")
    op.drop_index("ix_applicant_registration", table_name="applicant")
    op.drop_index("ix_applicant_passport", table_name="applicant")
    op.drop_index("ix_applicant_identity", table_name="applicant")
    op.drop_table("applicant")
    op.drop_table("apostille_membership")
    op.drop_table("account")
    op.drop_index("ix_access_record_case", table_name="access_record")
    op.drop_index(op.f("ix_access_record_at"), table_name="access_record")
    op.drop_index(op.f("ix_access_record_account_id"), table_name="access_record")
    op.drop_table("access_record")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change")
        op.execute("DROP FUNCTION refuse_letter_change")
