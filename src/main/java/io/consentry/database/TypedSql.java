package io.consentry.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/**
 * Statements that the compiler checks, on the connection of the caller's transaction: the pool gives the same one to whoever asks in it,
 * and none without ({@link OneConnection}).
 */
@ApplicationScoped
class TypedSql {

    private static final Settings SETTINGS = new Settings()
            .withRenderSchema(false)
            .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
            .withExecuteLogging(false);

    @Produces
    @ApplicationScoped
    DSLContext statements(DataSource database, @Any Instance<ExecuteListener> listeners) {
        Configuration configuration = new DefaultConfiguration()
                .set(database)
                .set(SQLDialect.POSTGRES)
                .set(SETTINGS)
                .set(listeners.stream().toArray(ExecuteListener[]::new));
        return DSL.using(configuration);
    }
}
