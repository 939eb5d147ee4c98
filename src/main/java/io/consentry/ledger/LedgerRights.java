package io.consentry.ledger;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.hibernate.StatelessSession;

/** Refuses to start as a database role that could rewrite the ledger: a superuser, its owner, or one with too many rights. */
@ApplicationScoped
class LedgerRights {

    private static final String TOO_MANY = """
            select t.name || ' ' || r.name
            from unnest(array['ledger_commitment', 'ledger_event', 'ledger_entry', 'ledger_staged', 'ledger_tree']) as t(name),
                 unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as r(name)
            where has_table_privilege(current_user, t.name, r.name)
            union all
            select 'membership in the role that owns the ledger' from pg_class c
            where c.relname = 'ledger_commitment' and pg_has_role(current_user, c.relowner, 'MEMBER')
            limit 3""";

    private final StatelessSession session;

    LedgerRights(StatelessSession session) {
        this.session = session;
    }

    void check(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
        List<String> tooMany = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(TOO_MANY, String.class).getResultList());
        if (!tooMany.isEmpty()) {
            throw new ConfigurationException(
                    "The service's database role could rewrite the ledger (" + String.join(", ", tooMany)
                            + "). Give the service a role of its own: QUARKUS_DATASOURCE_USERNAME, apart from QUARKUS_FLYWAY_USERNAME.");
        }
    }
}
