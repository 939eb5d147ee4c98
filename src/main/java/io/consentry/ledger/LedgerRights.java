package io.consentry.ledger;

import static io.consentry.schema.LedgerCommitmentTable.LEDGER_COMMITMENT;
import static io.consentry.schema.LedgerEntryTable.LEDGER_ENTRY;
import static io.consentry.schema.LedgerEventTable.LEDGER_EVENT;
import static io.consentry.schema.LedgerPersonTable.LEDGER_PERSON;
import static io.consentry.schema.LedgerStagedTable.LEDGER_STAGED;
import static io.consentry.schema.LedgerTreeTable.LEDGER_TREE;
import static org.jooq.impl.DSL.currentUser;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.quotedName;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.BOOLEAN;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectSelectStep;
import org.jooq.Table;

/** Refuses to start as a database role that could rewrite the ledger: a superuser, its owner, or one with too many rights. */
@ApplicationScoped
class LedgerRights {

    private static final List<Table<?>> APPEND_ONLY =
            List.of(LEDGER_COMMITMENT, LEDGER_EVENT, LEDGER_PERSON, LEDGER_ENTRY, LEDGER_STAGED, LEDGER_TREE);
    private static final List<String> TOO_MANY = List.of("UPDATE", "DELETE", "TRUNCATE", "TRIGGER");

    /** Of PostgreSQL's own catalogue. */
    private static final Table<?> CLASSES = table(name("pg_class"));

    private final DSLContext sql;

    LedgerRights(DSLContext sql) {
        this.sql = sql;
    }

    void check(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        List<String> tooMany = QuarkusTransaction.requiringNew().call(() -> held(sql.fetchSingle(rights())));
        if (!tooMany.isEmpty()) {
            throw new ConfigurationException(
                    "The service's database role could rewrite the ledger ("
                            + tooMany.stream().limit(3).collect(Collectors.joining(", "))
                            + "). Give the service a role of its own: QUARKUS_DATASOURCE_USERNAME, apart from QUARKUS_FLYWAY_USERNAME.");
        }
    }

    /** A column for each right that is too many, which says whether the role has it. */
    private static SelectSelectStep<Record> rights() {
        var rights = new ArrayList<Field<Boolean>>();
        for (Table<?> table : APPEND_ONLY) {
            for (String right : TOO_MANY) {
                rights.add(function(
                                name("has_table_privilege"),
                                BOOLEAN,
                                currentUser(),
                                inline(table.getName()),
                                inline(right))
                        .as(quotedName(table.getName() + ' ' + right)));
            }
        }
        rights.add(field(exists(selectOne()
                        .from(CLASSES)
                        .where(field(name("relname"), String.class).eq(inline(LEDGER_COMMITMENT.getName())))
                        .and(function(
                                        name("pg_has_role"),
                                        BOOLEAN,
                                        currentUser(),
                                        field(name("relowner"), Long.class),
                                        inline("MEMBER"))
                                .isTrue())))
                .as(quotedName("membership in the role that owns the ledger")));
        return select(rights);
    }

    private static List<String> held(Record rights) {
        return rights.fieldStream()
                .filter(right -> Boolean.TRUE.equals(rights.get(right)))
                .map(Field::getName)
                .toList();
    }
}
