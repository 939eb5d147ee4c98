package io.consentry.consent;

import io.consentry.kernel.PersonId;
import io.consentry.ledger.MassEntries;
import io.consentry.ledger.MassEntries.Entry;
import io.consentry.ledger.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;

/**
 * Consents in force by the thousand: rows, records and entries as {@link Consents} would have written them one by one, in
 * a few statements for all. That they are the same, {@code ManyConsentsTest} holds.
 */
@ApplicationScoped
class ManyConsents {

    private static final Duration LAPSE = Duration.ofMinutes(10);
    private static final int BATCH = 500;

    private final StatelessSession session;
    private final ConsentStore store;
    private final OrderStore orders;
    private final RowSeals seals;
    private final MassEntries entries;

    ManyConsents(StatelessSession session, ConsentStore store, OrderStore orders, RowSeals seals, MassEntries entries) {
        this.session = session;
        this.store = store;
        this.orders = orders;
        this.seals = seals;
        this.entries = entries;
    }

    /** Asked for, shown and approved in the same instant, all of it, for an hour. */
    static Consent.Active approved(Terms terms, PersonId person) {
        return approved(terms, person, Duration.ofHours(1));
    }

    static Consent.Active approved(Terms terms, PersonId person, Duration accessPeriod) {
        Instant now = terms.requestedAt();
        return requested(terms).present(person, now).grant(Set.of(), now, now.plus(accessPeriod), Shown.NOTHING);
    }

    /** Writes them, in the caller's transaction or one of its own; used ones keep what was counted. */
    @Transactional
    public void write(List<Consent.Active> grants) {
        long seen = orders.last();
        session.setJdbcBatchSize(BATCH);
        session.insertMultiple(grants.stream().map(grant -> row(grant, seen)).toList());
        session.insertMultiple(grants.stream().map(this::record).toList());
        entries.append(grants.stream().flatMap(ManyConsents::life).toList());
    }

    private static Consent.Requested requested(Terms terms) {
        return new Consent.Requested(terms, 1, terms.requestedAt().plus(LAPSE));
    }

    private static Consent.Presented presented(Consent.Active grant) {
        return requested(grant.terms()).present(grant.person(), grant.terms().requestedAt());
    }

    private ConsentRow row(Consent.Active grant, long seen) {
        ConsentRow row = ConsentMapping.newRow(requested(grant.terms()));
        ConsentMapping.apply(presented(grant), row);
        ConsentMapping.apply(grant, row);
        row.ordersSeen = seen;
        row.seal = store.seal(row);
        return row;
    }

    private RecordRow record(Consent.Active grant) {
        RecordRow row = RecordRow.of(grant.terms(), grant.decision());
        row.seal = seals.over("consent-record", row.sealed());
        return row;
    }

    private static Stream<Entry> life(Consent.Active grant) {
        var nobodyYet = new PersonId(UUID.randomUUID()); // has no key, so the entry is sealed for nobody
        var life = new ArrayList<Entry>();
        life.add(new Entry(Edge.requested(requested(grant.terms())), nobodyYet));
        life.add(new Entry(Edge.presented(presented(grant)), grant.person()));
        life.add(new Entry(Edge.granted(grant), grant.person()));
        return life.stream();
    }
}
