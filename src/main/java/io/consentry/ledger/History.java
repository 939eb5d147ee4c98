package io.consentry.ledger;

import static io.consentry.schema.LedgerCommitmentTable.LEDGER_COMMITMENT;
import static io.consentry.schema.LedgerEntryTable.LEDGER_ENTRY;
import static io.consentry.schema.LedgerEventTable.LEDGER_EVENT;
import static io.consentry.schema.LedgerPersonTable.LEDGER_PERSON;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The read side of the ledger for the person it is about. An event that was changed is not shown: it fails to open. */
@ApplicationScoped
public class History {

    private final DSLContext sql;
    private final PersonKeys keys;

    History(DSLContext sql, PersonKeys keys) {
        this.sql = sql;
        this.keys = keys;
    }

    /** A person's events, newest first, from before a position. */
    @Transactional
    public List<RecordedEvent> of(PersonId person, OptionalLong before, int limit) {
        return read(person, null, before, limit);
    }

    /** The events of one of a person's grants, newest first. */
    @Transactional
    public List<RecordedEvent> of(PersonId person, GrantId grant, int limit) {
        return of(person, grant, OptionalLong.empty(), limit);
    }

    /** The same, from before a position. */
    @Transactional
    public List<RecordedEvent> of(PersonId person, GrantId grant, OptionalLong before, int limit) {
        return read(person, grant.value(), before, limit);
    }

    /** One event of a person by its position; empty when there is none, or when the person's key was erased. */
    @Transactional
    public Optional<RecordedEvent> at(PersonId person, long position) {
        return read(person, null, OptionalLong.of(position + 1), 1).stream()
                .filter(found -> found.position() == position)
                .findFirst();
    }

    /** How many events a person has, by log; logs without any are left out. Their numbers leave out none of them. */
    @Transactional
    public SortedMap<LogNumber, Long> counts(PersonId person) {
        var counts = new TreeMap<LogNumber, Long>(Comparator.comparing(LogNumber::value));
        sql.select(LEDGER_PERSON.LOG, LEDGER_PERSON.EVENTS)
                .from(LEDGER_PERSON)
                .where(LEDGER_PERSON.PERSON_ID.eq(person.value()))
                .forEach(log -> counts.put(new LogNumber(log.value1()), log.value2()));
        return counts;
    }

    private List<RecordedEvent> read(PersonId person, @Nullable UUID grant, OptionalLong before, int limit) {
        Optional<DataKey> key = keys.find(person);
        if (key.isEmpty()) {
            return List.of();
        }
        return sql.select(
                        LEDGER_EVENT.COMMITMENT_ID,
                        LEDGER_EVENT.PERSON_NUMBER,
                        LEDGER_COMMITMENT.ENTRY,
                        LEDGER_EVENT.SEALED,
                        LEDGER_ENTRY.INDEX)
                .from(LEDGER_EVENT)
                .join(LEDGER_COMMITMENT)
                .on(LEDGER_COMMITMENT.ID.eq(LEDGER_EVENT.COMMITMENT_ID))
                .and(LEDGER_COMMITMENT.LOG.eq(LEDGER_EVENT.LOG))
                .leftJoin(LEDGER_ENTRY)
                .on(LEDGER_ENTRY.COMMITMENT_ID.eq(LEDGER_EVENT.COMMITMENT_ID))
                .and(LEDGER_ENTRY.LOG.eq(LEDGER_EVENT.LOG))
                .where(LEDGER_EVENT.PERSON_ID.eq(person.value()))
                .and(LEDGER_EVENT.COMMITMENT_ID.lt(before.orElse(Long.MAX_VALUE)))
                .and(grant == null ? noCondition() : LEDGER_EVENT.GRANT_ID.eq(grant))
                .orderBy(LEDGER_EVENT.COMMITMENT_ID.desc())
                .limit(limit)
                .fetch(mapping((position, number, entry, event, index) ->
                        open(key.get(), new Place(position, number, index), entry, event)));
    }

    private record Place(
            long position, long number, @Nullable Long index) {}

    private static RecordedEvent open(DataKey key, Place place, byte[] entry, byte[] event) {
        var commitment = new Commitment(entry);
        return new RecordedEvent(
                place.position(),
                place.number(),
                EventForm.parse(SealedEvent.open(key, commitment, event).canonical())
                        .event(),
                place.index() == null ? OptionalLong.empty() : OptionalLong.of(place.index()),
                Base64.getEncoder().encodeToString(commitment.leafHash()));
    }
}
