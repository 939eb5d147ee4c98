package io.consentry.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

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
    DSLContext statements(DataSource database) {
        return DSL.using(database, SQLDialect.POSTGRES, SETTINGS);
    }
}
