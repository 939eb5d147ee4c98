package io.consentry.testing;

import io.quarkus.arc.Arc;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Remembers every statement, of Hibernate or typed, that the service sends to the database because of a request that asks for it by a header. */
@PersistenceUnitExtension
@ApplicationScoped
public class Statements implements StatementInspector, ExecuteListener {

    /** The header whose value names the request. */
    public static final String HEADER = "X-Test-Measured";

    private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

    @Override
    public void executeStart(ExecuteContext context) {
        inspect(String.valueOf(context.sql()));
    }

    @Override
    public String inspect(String sql) {
        boolean inRequest = Arc.container().requestContext().isActive();
        var request = inRequest ? CurrentRequestManager.get() : null;
        String name = request == null ? null : request.serverRequest().getRequestHeader(HEADER);
        if (name != null) {
            SEEN.computeIfAbsent(name, first -> new ArrayList<>()).add(sql);
        }
        return sql;
    }

    /** What a request led to, in its order. */
    public static List<String> of(String name) {
        return SEEN.getOrDefault(name, List.of());
    }
}
