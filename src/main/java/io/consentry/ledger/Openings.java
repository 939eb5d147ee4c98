package io.consentry.ledger;

import static io.consentry.schema.LedgerCommitmentTable.LEDGER_COMMITMENT;
import static io.consentry.schema.LedgerEntryTable.LEDGER_ENTRY;
import static io.consentry.schema.LedgerEventTable.LEDGER_EVENT;

import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What an entry commits to, with its opening: for the person it is about, who may show it to anybody. */
@ApplicationScoped
public class Openings {

    private final DSLContext sql;
    private final PersonKeys keys;

    Openings(DSLContext sql, PersonKeys keys) {
        this.sql = sql;
        this.keys = keys;
    }

    /**
     * An entry, opened.
     *
     * @param canonical the event, byte for byte as the commitment covers it
     * @param opening the 32 bytes that only the person has
     * @param leafHash 32 bytes, by which the log knows it
     * @param index its place in the log, once it has one
     */
    public record Opening(LedgerEvent event, byte[] canonical, byte[] opening, byte[] leafHash, OptionalLong index) {}

    /** One event of a person by its number in a log; empty when there is none, or when the person's key was erased. */
    @Transactional
    public Optional<Opening> of(PersonId person, LogNumber log, long number) {
        return keys.find(person)
                .flatMap(key -> sql.select(LEDGER_COMMITMENT.ENTRY, LEDGER_EVENT.SEALED, LEDGER_ENTRY.INDEX)
                        .from(LEDGER_EVENT)
                        .join(LEDGER_COMMITMENT)
                        .on(LEDGER_COMMITMENT.ID.eq(LEDGER_EVENT.COMMITMENT_ID))
                        .and(LEDGER_COMMITMENT.LOG.eq(LEDGER_EVENT.LOG))
                        .leftJoin(LEDGER_ENTRY)
                        .on(LEDGER_ENTRY.COMMITMENT_ID.eq(LEDGER_EVENT.COMMITMENT_ID))
                        .and(LEDGER_ENTRY.LOG.eq(LEDGER_EVENT.LOG))
                        .where(LEDGER_EVENT.PERSON_ID.eq(person.value()))
                        .and(LEDGER_EVENT.LOG.eq(log.column()))
                        .and(LEDGER_EVENT.PERSON_NUMBER.eq(number))
                        .fetchOptional(row -> open(key, row.value1(), row.value2(), row.value3())));
    }

    private static Opening open(DataKey key, byte[] entry, byte[] sealed, @Nullable Long index) {
        var commitment = new Commitment(entry);
        SealedEvent opened = SealedEvent.open(key, commitment, sealed);
        return new Opening(
                EventForm.parse(opened.canonical()).event(),
                opened.canonical(),
                opened.opening(),
                commitment.leafHash(),
                index == null ? OptionalLong.empty() : OptionalLong.of(index));
    }
}
