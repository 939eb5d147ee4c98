package io.consentry.database;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import org.jooq.Field;

/**
 * Of those who ask PostgreSQL for the lock of a name, one goes on and the others wait, until its transaction ends (an advisory lock).
 * Selected as a column: what stands to the right of it is computed after the wait.
 */
public final class NamedLock {

    private NamedLock() {}

    /** The lock, as a column without a value. */
    public static Field<String> of(String name) {
        return taken("pg_advisory_xact_lock", name);
    }

    /** The lock as any number may have it at once, while nobody has it alone. */
    public static Field<String> shared(String name) {
        return taken("pg_advisory_xact_lock_shared", name);
    }

    private static Field<String> taken(String how, String name) {
        return function(name(how), VARCHAR, function(name("hashtext"), INTEGER, inline("consentry/" + name)));
    }
}
