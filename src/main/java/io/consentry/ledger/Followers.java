package io.consentry.ledger;

import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.hibernate.StatelessSession;

/** Which clients want to be told of what happens to their grants: from the commit on, each such entry is put into the outbox. */
@ApplicationScoped
public class Followers {

    private final StatelessSession session;

    Followers(StatelessSession session) {
        this.session = session;
    }

    /** In the caller's transaction; one that follows already goes on. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(ClientId client) {
        session.createNativeMutationQuery(
                        "insert into ledger_follower (client_id) values (:client) on conflict do nothing")
                .setParameter("client", client.value())
                .executeUpdate();
    }

    /** In the caller's transaction. What lies in the outbox stays. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void remove(ClientId client) {
        session.createNativeMutationQuery("delete from ledger_follower where client_id = :client")
                .setParameter("client", client.value())
                .executeUpdate();
    }
}
