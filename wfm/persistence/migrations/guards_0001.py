"""What guards the operation log of revision 0001: triggers, roles, policies and functions.

The formulas of the hash are those of ``wfm.persistence.chain``, written for the server.
"""

from __future__ import annotations

SQLITE = (
    *(
        f"""CREATE TRIGGER {table}_keeps_{word} BEFORE {word} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the operation log only grows'); END"""
        for table, word in (
            ("operation", "UPDATE"),
            ("operation", "DELETE"),
            ("operation_change", "UPDATE"),
            ("operation_change", "DELETE"),
            ("operation_content", "UPDATE"),
        )
    ),
    """CREATE TRIGGER operation_in_order BEFORE INSERT ON operation
    WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM operation)
    BEGIN SELECT RAISE(ABORT, 'the operation log grows at its end'); END""",
    """CREATE TRIGGER operation_content_erased_by_entry BEFORE DELETE ON operation_content
    WHEN NOT EXISTS (
        SELECT 1 FROM operation_change
        WHERE kind = 'operation' AND row_key = CAST(OLD.operation AS TEXT)
    )
    BEGIN SELECT RAISE(ABORT, 'an erasure is an entry of the log first'); END""",
)

# Planners work; payroll also sees the log of wages and balances; administrators may erase.
_ROLES = """
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['toban_planner', 'toban_payroll', 'toban_admin'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE 'CREATE ROLE ' || quote_ident(role_name) || ' NOLOGIN';
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
        END IF;
    END LOOP;
    IF NOT pg_has_role('toban_payroll', 'toban_planner', 'MEMBER') THEN
        GRANT toban_planner TO toban_payroll;
    END IF;
    IF NOT pg_has_role('toban_admin', 'toban_payroll', 'MEMBER') THEN
        GRANT toban_payroll TO toban_admin;
    END IF;
    IF NOT pg_has_role(current_user, 'toban_admin', 'MEMBER') THEN
        EXECUTE 'GRANT toban_admin TO ' || quote_ident(current_user);
    END IF;
END $$
"""

_REFUSE = """
CREATE FUNCTION toban_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the operation log only grows' USING ERRCODE = 'insufficient_privilege';
END $$
"""

_ERASURE_FIRST = """
CREATE FUNCTION toban_erasure_first() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM operation_change c
        WHERE c.kind = 'operation' AND c.row_key = OLD.operation::text
    ) THEN
        RAISE EXCEPTION 'an erasure is an entry of the log first'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$
"""

_HEX = "encode(sha256({0}), 'hex')"


def _hex_of_text(name: str) -> str:
    return _HEX.format(f"convert_to({name}, 'UTF8')")


_DIGEST = _HEX.format(
    "c.salt || convert_to(c.kind || E'\\n' || "
    + _hex_of_text("c.key")
    + " || E'\\n' || coalesce("
    + _HEX.format("c.before")
    + ", '-') || E'\\n' || coalesce("
    + _HEX.format("c.after")
    + ", '-'), 'UTF8')"
)

_TOUCHED = "c.kind || E'\\n' || " + _hex_of_text("c.key") + " || E'\\n' || c.digest || E'\\n'"

_LINES = ", ".join(
    (
        "previous",
        "number::text",
        "p_at",
        _hex_of_text("p_who"),
        _hex_of_text("session_user::text"),
        _hex_of_text("p_token"),
        _hex_of_text("p_template"),
        "coalesce(p_undoes::text, '-')",
        "digests[1]",
        _hex_of_text("touched"),
    )
)

# The server numbers and seals an entry under a lock, and notes who is really connected.
_SEAL = _HEX.format(f"convert_to(concat_ws(E'\\n', {_LINES}), 'UTF8')")
_APPEND = (
    """
CREATE FUNCTION toban_append(
    p_at text, p_who text, p_token text, p_template text, p_undoes bigint,
    p_kinds text[], p_keys text[], p_salts bytea[], p_befores bytea[], p_afters bytea[]
) RETURNS TABLE (new_id bigint, new_hash text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint;
    previous text;
    digests text[];
    touched text;
    seal text;
BEGIN
    IF NOT pg_has_role(session_user, 'toban_planner', 'MEMBER') THEN
        RAISE EXCEPTION 'only members of toban_planner write the log'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(84793212);
    SELECT o.id, o.hash INTO number, previous FROM operation o ORDER BY o.id DESC LIMIT 1;
    number := coalesce(number, 0) + 1;
    previous := coalesce(previous, repeat('0', 64));
    SELECT array_agg(@DIGEST@ ORDER BY c.place) INTO digests
    FROM unnest(p_kinds, p_keys, p_salts, p_befores, p_afters)
        WITH ORDINALITY AS c(kind, key, salt, before, after, place);
    SELECT coalesce(string_agg(@TOUCHED@, '' ORDER BY c.place), '') INTO touched
    FROM unnest(p_kinds, p_keys, digests) WITH ORDINALITY AS c(kind, key, digest, place)
    WHERE c.place > 1;
    seal := @SEAL@;
    INSERT INTO operation (id, at, who, login, token, template, undoes, digest, hash)
    VALUES (number, p_at, p_who, session_user, p_token, p_template, p_undoes, digests[1], seal);
    INSERT INTO operation_change (operation, position, kind, row_key, digest)
    SELECT number, c.place - 1, c.kind, c.key, digests[c.place]
    FROM unnest(p_kinds, p_keys) WITH ORDINALITY AS c(kind, key, place) WHERE c.place > 1;
    INSERT INTO operation_content (operation, position, kind, salt, before, after)
    SELECT number, c.place - 1, c.kind, c.salt, c.before, c.after
    FROM unnest(p_kinds, p_salts, p_befores, p_afters)
        WITH ORDINALITY AS c(kind, salt, before, after, place);
    RETURN QUERY SELECT number, seal;
END $$
""".replace("@SEAL@", _SEAL)
    .replace("@DIGEST@", _DIGEST)
    .replace("@TOUCHED@", _TOUCHED)
)

_ERASE = """
CREATE FUNCTION toban_erase(p_entries bigint[], p_places int[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'toban_admin', 'MEMBER') THEN
        RAISE EXCEPTION 'only members of toban_admin erase'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM operation_content t
    USING unnest(p_entries, p_places) AS e(entry, place)
    WHERE t.operation = e.entry AND t.position = e.place;
END $$
"""

_VALUES = (
    "agent", "agent_week", "availability", "balance", "contract", "export_record", "forecast",
    "history_day", "import_mapping", "leave", "queue", "requirement", "run_record", "shift_kind",
    "site", "skill", "special_day", "team", "wish",
)  # fmt: skip

_TABLES = ("operation", "operation_change", "operation_content")

_ARGUMENTS = "text, text, text, text, bigint, text[], text[], bytea[], bytea[], bytea[]"

_READ_CONTENT = """
CREATE POLICY operation_content_read ON operation_content FOR SELECT USING (
    pg_has_role(current_user, 'toban_payroll', 'MEMBER')
    OR (kind NOT IN ('agent', 'balance') AND pg_has_role(current_user, 'toban_planner', 'MEMBER'))
)
"""

_KEEP_CONTENT = """
CREATE TRIGGER operation_content_keeps BEFORE UPDATE OR TRUNCATE ON operation_content
FOR EACH STATEMENT EXECUTE FUNCTION toban_refuse()
"""

_ERASE_CONTENT = """
CREATE TRIGGER operation_content_erased BEFORE DELETE ON operation_content
FOR EACH ROW EXECUTE FUNCTION toban_erasure_first()
"""

POSTGRES = (
    _ROLES,
    _REFUSE,
    _ERASURE_FIRST,
    _APPEND,
    _ERASE,
    f"REVOKE ALL ON FUNCTION toban_append({_ARGUMENTS}) FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION toban_append({_ARGUMENTS}) TO toban_planner",
    "REVOKE ALL ON FUNCTION toban_erase(bigint[], int[]) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION toban_erase(bigint[], int[]) TO toban_admin",
    *(f"REVOKE ALL ON {table} FROM PUBLIC" for table in _TABLES),
    *(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO toban_planner' for table in _VALUES),
    *(f"GRANT SELECT ON {table} TO toban_planner" for table in (*_TABLES, "alembic_version")),
    *(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in _TABLES),
    *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in _TABLES),
    # The owner is the role that the functions run as; no client logs in as it.
    *(
        f"CREATE POLICY {table}_owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
        for table in _TABLES
    ),
    *(
        f"CREATE POLICY {table}_read ON {table} FOR SELECT"
        " USING (pg_has_role(current_user, 'toban_planner', 'MEMBER'))"
        for table in ("operation", "operation_change")
    ),
    _READ_CONTENT,
    *(
        f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION toban_refuse()"
        for table in ("operation", "operation_change")
    ),
    _KEEP_CONTENT,
    _ERASE_CONTENT,
)

GUARDS = {"sqlite": SQLITE, "postgresql": POSTGRES}
"""Dialect → statements, run after the tables are made."""
