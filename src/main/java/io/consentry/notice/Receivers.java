package io.consentry.notice;

import io.consentry.kernel.ClientId;
import io.consentry.key.MasterKey;
import io.consentry.key.RowSeals;
import io.consentry.ledger.Followers;
import io.consentry.notice.Receiver.Authorization;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * The table of receivers. A row that does not carry its seal, or is older than the last that was written, is no receiver. It also remembers who does not answer: such a receiver rests, on every node at once, and is then
 * tried with a single event.
 */
@ApplicationScoped
class Receivers {

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** Somebody with an event that may be pushed now: none before it in its grant is still open. */
    private static final String WAITING = """
            select r.client_id from event_receiver r
            where r.method = 'push' and (r.rests_until is null or r.rests_until <= :now)
              and r.client_id <> all (:busy)
              and exists (
                select from notice n
                where n.client_id = r.client_id and n.settled_at is null and n.due_at <= :now
                  and not exists (
                    select from notice e where e.grant_id = n.grant_id and e.client_id = n.client_id
                      and e.settled_at is null and e.due_at is not null and e.commitment_id < n.commitment_id))""";

    private final StatelessSession session;
    private final RowSeals seals;
    private final MasterKey master;
    private final Followers followers;
    private final InstantSource clock;

    Receivers(StatelessSession session, RowSeals seals, MasterKey master, Followers followers, InstantSource clock) {
        this.session = session;
        this.seals = seals;
        this.master = master;
        this.followers = followers;
        this.clock = clock;
    }

    @Transactional
    Optional<Receiver> find(ClientId client) {
        return Optional.ofNullable(session.get(ReceiverRow.class, client.value()))
                .filter(this::isGood)
                .map(this::toReceiver);
    }

    private boolean isGood(ReceiverRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        if (row.version < row.lastVersion) {
            seals.reportOld(row);
            return false;
        }
        return true;
    }

    /** Clients to whom something can be pushed now, less those that are being served. */
    @Transactional
    List<ClientId> waiting(Collection<ClientId> busy) {
        return session
                .createNativeQuery(WAITING, String.class)
                .setParameter("now", clock.instant())
                .setParameter("busy", busy.stream().map(ClientId::value).toArray(String[]::new))
                .getResultList()
                .stream()
                .map(ClientId::new)
                .toList();
    }

    /** Registers a receiver in place of the one before; whoever registers anew is tried at once. */
    @Transactional(Transactional.TxType.MANDATORY)
    void register(Receiver receiver) {
        followers.add(receiver.client());
        ReceiverRow row = session.get(ReceiverRow.class, receiver.client().value());
        if (row != null && isGood(row) && toReceiver(row).equals(receiver)) {
            return;
        }
        if (row != null) {
            session.delete(row);
        }
        ReceiverRow fresh = toRow(receiver);
        fresh.version = nextVersion(receiver.client());
        seals.seal(fresh);
        session.insert(fresh);
        bringForward(receiver.client(), clock.instant());
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void remove(ClientId client) {
        followers.remove(client);
        int removed = session.createMutationQuery("delete from ReceiverRow where clientId = :client")
                .setParameter("client", client.value())
                .executeUpdate();
        if (removed > 0) {
            nextVersion(client);
        }
    }

    private int nextVersion(ClientId client) {
        return session.createNativeQuery("""
                        insert into receiver_version (client_id, version)
                            select :client, coalesce(max(version), 0) + 1 from receiver_version where client_id = :client
                        returning version""", Integer.class)
                .setParameter("client", client.value())
                .getSingleResult();
    }

    /** It answered as it should. If it had been resting, everything that waits for it is pushed now. */
    @Transactional
    void answered(Receiver.Push receiver) {
        Instant now = clock.instant();
        int failed = session.createMutationQuery(
                        "update ReceiverRow set failures = 0, restsUntil = null where clientId = :client and failures > 0")
                .setParameter("client", receiver.client().value())
                .executeUpdate();
        if (failed > 0) {
            bringForward(receiver.client(), now);
        }
    }

    /** A whole round of pushes failed. */
    @Transactional
    void failed(Receiver.Push receiver) {
        int failures = receiver.failures() + 1;
        int beyond = failures - Receiver.Push.SUSPECT_AFTER;
        Instant rest = beyond < 0 ? null : clock.instant().plus(rest(beyond));
        session.createMutationQuery(
                        "update ReceiverRow set failures = :failures, restsUntil = :rest where clientId = :client")
                .setParameter("failures", failures)
                .setParameter("rest", rest)
                .setParameter("client", receiver.client().value())
                .executeUpdate();
    }

    /** Nothing can be pushed to it, for example since its row was changed: it is looked at once in a while. */
    @Transactional
    void leaveAlone(ClientId client) {
        session.createMutationQuery("update ReceiverRow set restsUntil = :rest where clientId = :client")
                .setParameter("rest", clock.instant().plus(LONGEST_REST))
                .setParameter("client", client.value())
                .executeUpdate();
    }

    private static Duration rest(int beyond) {
        Duration rest = Duration.ofSeconds(1L << Math.min(beyond, 6));
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /** What is being pushed at this moment is due when its lease ends, and stays as it is. */
    private void bringForward(ClientId client, Instant now) {
        session.createMutationQuery("update NoticeRow set dueAt = :now"
                        + " where clientId = :client and settledAt is null and dueAt > :leased")
                .setParameter("now", now)
                .setParameter("client", client.value())
                .setParameter("leased", now.plus(Outbox.LEASE))
                .executeUpdate();
    }

    private Receiver toReceiver(ReceiverRow row) {
        var client = new ClientId(row.clientId);
        if (row.method.equals("poll")) {
            return new Receiver.Poll(client);
        }
        Optional<Authorization> authorization = Optional.ofNullable(row.sealedAuthorization)
                .map(closed -> master.own().open(closed, context(client)))
                .map(bytes -> new Authorization(new String(bytes, StandardCharsets.UTF_8)));
        return new Receiver.Push(client, URI.create(Objects.requireNonNull(row.endpoint)), authorization, row.failures);
    }

    private ReceiverRow toRow(Receiver receiver) {
        var row = new ReceiverRow();
        row.clientId = receiver.client().value();
        switch (receiver) {
            case Receiver.Poll poll -> row.method = "poll";
            case Receiver.Push push -> {
                row.method = "push";
                row.endpoint = push.endpoint().toString();
                row.sealedAuthorization = push.authorization()
                        .map(secret -> master.own()
                                .seal(secret.value().getBytes(StandardCharsets.UTF_8), context(push.client())))
                        .orElse(null);
            }
        }
        return row;
    }

    private static String context(ClientId client) {
        return "event-receiver/" + client;
    }
}
