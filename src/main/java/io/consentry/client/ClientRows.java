package io.consentry.client;

import io.consentry.kernel.ClientId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The table {@code client}. */
@ApplicationScoped
class ClientRows implements PanacheRepositoryBase<ClientRow, String> {

    private final StatelessSession reader;

    ClientRows(StatelessSession reader) {
        this.reader = reader;
    }

    /** The row as it is now. An ordinary session would answer from what the request has already read. */
    Optional<ClientRow> find(ClientId id) {
        return Optional.ofNullable(reader.get(ClientRow.class, id.value()));
    }

    /** All rows as they are now, in the order of their identifiers. */
    List<ClientRow> all() {
        return reader.createSelectionQuery("from ClientRow order by clientId", ClientRow.class)
                .getResultList();
    }

    /**
     * The row, if there is one, that nobody else registers or changes until this transaction ends. The lock is on the
     * identifier and not on the row, so that two nodes which register the same new client do so one after the other.
     */
    Optional<ClientRow> findForChange(ClientId id) {
        getEntityManager()
                .createNativeQuery("select pg_advisory_xact_lock(hashtextextended('client:' || :id, 0))", Object.class)
                .setParameter("id", id.value())
                .getResultList();
        return findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE);
    }
}
