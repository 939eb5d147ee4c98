package io.consentry.health;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Asks the database as every request does, through the pool; and when that fails once more past the pool, to learn whether
 * the fault is the database's or this node's.
 */
@ApplicationScoped
class DatabaseProbe {

    /** A pool that is merely busy gives the probe a connection once in a while. */
    static final int BROKEN_AFTER = 5;

    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class);
    private static final int PATIENCE_SECONDS = 2;

    private final AgroalDataSource pool;
    private final String url;
    private final Properties login = new Properties();
    private int misses;

    DatabaseProbe(
            AgroalDataSource pool,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.pool = pool;
        this.url = url;
        username.ifPresent(name -> login.setProperty("user", name));
        password.ifPresent(secret -> login.setProperty("password", secret));
        String patience = Integer.toString(PATIENCE_SECONDS);
        login.setProperty("loginTimeout", patience);
        login.setProperty("connectTimeout", patience);
        login.setProperty("socketTimeout", patience);
    }

    /** Looks once, within seconds. Only one thread looks. */
    DatabaseState look() {
        if (answersThroughThePool()) {
            misses = 0;
            return new DatabaseState.Answers();
        }
        if (!answersPastThePool()) {
            misses = 0;
            return new DatabaseState.Away();
        }
        misses++;
        return misses < BROKEN_AFTER ? new DatabaseState.Crowded() : new DatabaseState.PoolBroken();
    }

    private boolean answersThroughThePool() {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                try (Connection connection = pool.getConnection()) {
                    return answers(connection);
                }
            });
        } catch (RuntimeException e) {
            LOG.debugf(e, "No answer through the pool");
            return false;
        }
    }

    private boolean answersPastThePool() {
        try (Connection connection = DriverManager.getConnection(url, login)) {
            return answers(connection);
        } catch (SQLException e) {
            LOG.debugf(e, "No answer past the pool");
            return false;
        }
    }

    private static boolean answers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            return statement.execute("select 1");
        }
    }
}
