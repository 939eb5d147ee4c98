package io.consentry.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Makes Flyway commit a migration together with the row that says so.
 *
 * <p>By default it locks by a transaction of a second connection, which writes that row as well and commits it when the
 * migration is already there: a node that is killed in between leaves a schema that no start can migrate. With a lock of the
 * session it needs one connection only. What a killed node's session still does holds that lock until it is done, so the next
 * start waits for it. Such a lock needs a session of its own: migrations go past a pooler.
 */
@Singleton
@Unremovable
final class MigrationRules implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
