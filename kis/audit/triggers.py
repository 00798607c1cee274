"""SQL that makes a table append-only, for the models and for migrations alike."""

APPEND_ONLY_TABLES = ("audit_record", "access_record")

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
# INSERT OR REPLACE deletes without asking the trigger against deleting.
SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def statements(table: str, dialect: str) -> list[str]:
    """The statements that protect one table on "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        made = [SQLITE.format(table=table, verb=v, VERB=v.upper()).strip() for v in ("update", "delete")]
        return [*made, SQLITE_REPLACE.format(table=table).strip()]
    made = [POSTGRESQL.format(table=table, verb=v, VERB=v.upper()).strip() for v in VERBS]
    return [POSTGRESQL_FUNCTION.strip(), *made]


VERBS = ("update", "delete", "truncate")
