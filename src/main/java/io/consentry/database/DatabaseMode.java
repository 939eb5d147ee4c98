package io.consentry.database;

import static io.consentry.schema.DatabaseModeTable.DATABASE_MODE;

import io.consentry.kernel.Settings;
import io.consentry.kernel.Settings.Mode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record1;

/**
 * The mark that says for which mode a database was first used. The first node to start on it leaves the mark, and no node
 * of the other mode starts on it ever after.
 */
@ApplicationScoped
public class DatabaseMode {

    /** Whoever judges by what the database holds, while it has no mark yet, does so before this. */
    public static final int PRIORITY = Interceptor.Priority.LIBRARY_BEFORE + 100;

    private final DSLContext sql;
    private final Settings settings;

    DatabaseMode(DSLContext sql, Settings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** Commit point: of two first nodes with different modes one leaves its mark, and the other reads it and refuses. */
    @Transactional
    void leaveMark(@Observes @Priority(PRIORITY) StartupEvent start) {
        if (settings.serves()) {
            sql.insertInto(DATABASE_MODE)
                    .set(DATABASE_MODE.MODE, word(settings.mode()))
                    .onConflictDoNothing()
                    .execute();
        }
        mark().filter(marked -> marked != settings.mode()).ifPresent(marked -> {
            throw refusal(marked);
        });
    }

    /** For what the database was first used; empty when it never was. */
    @Transactional
    public Optional<Mode> mark() {
        return sql.select(DATABASE_MODE.MODE.convertFrom(DatabaseMode::mode))
                .from(DATABASE_MODE)
                .fetchOptional(Record1::value1);
    }

    static Mode mode(String word) {
        return Mode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /** What a node says that finds the mark of the other mode. */
    static StartRefusal refusal(Mode marked) {
        return new StartRefusal(
                switch (marked) {
                    case SANDBOX ->
                        "This database belongs to a sandbox: it holds test keys that are given to anybody. In production mode"
                                + " name an empty one by QUARKUS_DATASOURCE_JDBC_URL (or set CONSENTRY_MODE=sandbox).";
                    case PRODUCTION ->
                        "This database belongs to a production service, and a sandbox would let anybody be anybody in it."
                                + " Name an empty one by QUARKUS_DATASOURCE_JDBC_URL (or set CONSENTRY_MODE=production).";
                });
    }
}
