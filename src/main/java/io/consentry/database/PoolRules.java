package io.consentry.database;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.consentry.kernel.Settings;
import io.quarkus.agroal.runtime.JdbcDriver;
import io.quarkus.arc.Unremovable;
import io.quarkus.datasource.common.runtime.DatabaseKind;
import io.quarkus.jdbc.postgresql.runtime.PostgreSQLAgroalConnectionConfigurer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * Gives the pool its rules when Quarkus puts it together: how long its connections wait ({@link Patience}), and who gets one
 * ({@link OneConnection}). The latter hold from the moment that the service begins its work: before it, Hibernate compares the
 * schema with the code.
 */
@Singleton
@Unremovable
@Alternative
@Priority(1)
@JdbcDriver(DatabaseKind.POSTGRESQL)
final class PoolRules extends PostgreSQLAgroalConnectionConfigurer {

    private static final int BEFORE_ALL_OTHERS = Interceptor.Priority.PLATFORM_BEFORE;

    private final OneConnection oneConnection;
    private final Patience patience;

    PoolRules(
            TransactionManager transactions,
            TransactionSynchronizationRegistry registry,
            DatabaseSettings database,
            Settings settings) {
        this.patience = new Patience(database, settings.serves());
        var narayana = new NarayanaTransactionIntegration(transactions, registry, null, false);
        this.oneConnection = new OneConnection(narayana, transactions);
    }

    @Override
    public void setExceptionSorter(String kind, AgroalDataSourceConfigurationSupplier dataSource) {
        super.setExceptionSorter(kind, dataSource);
        var pool = dataSource.connectionPoolConfiguration().transactionIntegration(oneConnection);
        patience.properties().forEach(pool.connectionFactoryConfiguration()::jdbcProperty);
    }

    void begin(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent start) {
        oneConnection.enforce();
    }
}
