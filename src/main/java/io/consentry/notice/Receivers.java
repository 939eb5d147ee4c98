package io.consentry.notice;

import static io.consentry.schema.EventReceiverTable.EVENT_RECEIVER;
import static io.consentry.schema.NoticeTable.NOTICE;
import static io.consentry.schema.ReceiverVersionTable.RECEIVER_VERSION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.consentry.kernel.ClientId;
import io.consentry.key.MasterKey;
import io.consentry.key.RowSeals;
import io.consentry.ledger.Followers;
import io.consentry.notice.Receiver.Authorization;
import io.consentry.schema.NoticeTable;
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
import org.jooq.DSLContext;
import org.jooq.Record1;

/**
 * The table of receivers. A row that does not carry its seal, or is older than the last that was written, is no receiver. It also remembers who does not answer: such a receiver rests, on every node at once, and is then
 * tried with a single event.
 */
@ApplicationScoped
class Receivers {

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final StatelessSession session;
    private final DSLContext sql;
    private final RowSeals seals;
    private final MasterKey master;
    private final Followers followers;
    private final InstantSource clock;

    Receivers(
            StatelessSession session,
            DSLContext sql,
            RowSeals seals,
            MasterKey master,
            Followers followers,
            InstantSource clock) {
        this.session = session;
        this.sql = sql;
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

    /** Clients with an event that can be pushed now, less those that are being served. */
    @Transactional
    List<ClientId> waiting(Collection<ClientId> busy) {
        Instant now = clock.instant();
        NoticeTable n = NOTICE.as("n");
        return sql.select(EVENT_RECEIVER.CLIENT_ID.convertFrom(ClientId::new))
                .from(EVENT_RECEIVER)
                .where(EVENT_RECEIVER.METHOD.eq("push"))
                .and(EVENT_RECEIVER.RESTS_UNTIL.isNull().or(EVENT_RECEIVER.RESTS_UNTIL.le(now)))
                .and(EVENT_RECEIVER.CLIENT_ID.notIn(
                        busy.stream().map(ClientId::value).toList()))
                .andExists(selectOne()
                        .from(n)
                        .where(n.CLIENT_ID.eq(EVENT_RECEIVER.CLIENT_ID))
                        .and(Outbox.isDue(n, val(now))))
                .fetch(Record1::value1);
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
        return sql.insertInto(RECEIVER_VERSION, RECEIVER_VERSION.CLIENT_ID, RECEIVER_VERSION.VERSION)
                .select(select(
                                val(client.value()),
                                coalesce(max(RECEIVER_VERSION.VERSION), 0).plus(1))
                        .from(RECEIVER_VERSION)
                        .where(RECEIVER_VERSION.CLIENT_ID.eq(client.value())))
                .returningResult(RECEIVER_VERSION.VERSION)
                .fetchSingle()
                .value1();
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
        session.createMutationQuery("""
                        update NoticeRow set dueAt = :now
                        where clientId = :client and settledAt is null and dueAt > :leased""")
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
