package io.consentry.testing;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** Counts the transactions that a request begins, if it asks for that by the header of {@link Statements}. */
@ApplicationScoped
public class Transactions {

    private static final Map<String, Integer> BEGUN = new ConcurrentHashMap<>();

    void begun(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        var request = Arc.container().requestContext().isActive() ? CurrentRequestManager.get() : null;
        String name = request == null ? null : request.serverRequest().getRequestHeader(Statements.HEADER);
        if (name != null) {
            BEGUN.merge(name, 1, Integer::sum);
        }
    }

    /** How many a request began. */
    public static int of(String name) {
        return BEGUN.getOrDefault(name, 0);
    }
}
