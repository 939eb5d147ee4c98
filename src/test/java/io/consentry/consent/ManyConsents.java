package io.consentry.consent;

import io.consentry.consent.Amendment.Ask;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import io.consentry.key.RowSeals;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.MassEntries;
import io.consentry.ledger.MassEntries.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final Ledger ledger;

    ManyConsents(
            StatelessSession session,
            ConsentStore store,
            OrderStore orders,
            RowSeals seals,
            MassEntries entries,
            Ledger ledger) {
        this.session = session;
        this.store = store;
        this.orders = orders;
        this.seals = seals;
        this.entries = entries;
        this.ledger = ledger;
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

    /**
     * Requests to amend them by more attributes, each before the eyes of its person, in the caller's transaction or one of
     * its own.
     */
    @Transactional
    public List<AmendmentId> amendmentsShown(List<Consent.Active> grants, Set<AttributeName> more) {
        var rows = new ArrayList<AmendmentRow>();
        for (Consent.Active grant : grants) {
            var asked = new Amendment.Requested(ask(grant, more));
            Amendment.Presented shown = asked.present(asked.ask().terms().requestedAt());
            AmendmentRow row = AmendmentRow.of(asked);
            row.apply(shown);
            seals.seal(row);
            rows.add(row);
            append(TransitionEvents.amendmentRequested(grant, asked), asked);
            append(TransitionEvents.amendmentPresented(grant, shown.presentedAt()), shown);
        }
        session.setJdbcBatchSize(BATCH);
        session.insertMultiple(rows);
        return rows.stream().map(row -> new AmendmentId(row.id)).toList();
    }

    private static Ask ask(Consent.Active grant, Set<AttributeName> more) {
        var requested = new TreeSet<>(more);
        requested.addAll(grant.granted());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Terms terms = new Terms(
                grant.terms().grantId(),
                grant.terms().clientId(),
                grant.terms().purpose(),
                requested,
                new TreeSet<>(),
                now);
        return new Ask(AmendmentId.random(), terms, grant.decision().generation(), grant.person(), now.plus(LAPSE));
    }

    private void append(LedgerEvent event, Amendment amendment) {
        ledger.append(ledger.draft(event, amendment.ask().person()), Optional.of(AmendmentRow.step(amendment)));
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
        store.seal(row);
        return row;
    }

    private RecordRow record(Consent.Active grant) {
        RecordRow row = RecordRow.of(grant.terms(), grant.decision(), grant.version());
        seals.seal(row);
        return row;
    }

    private static Stream<Entry> life(Consent.Active grant) {
        var nobodyYet = new PersonId(UUID.randomUUID()); // has no key, so the entry is sealed for nobody
        var life = new ArrayList<Entry>();
        life.add(new Entry(TransitionEvents.requested(requested(grant.terms())), nobodyYet));
        life.add(new Entry(TransitionEvents.presented(presented(grant)), grant.person()));
        life.add(new Entry(TransitionEvents.granted(grant), grant.person()));
        return life.stream();
    }
}
