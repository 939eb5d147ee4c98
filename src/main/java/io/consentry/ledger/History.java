package io.consentry.ledger;

import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The read side of the ledger for the person it is about. An event that was changed is not shown: it fails to open. */
@ApplicationScoped
public class History {

    private static final String READ = """
            select e.commitment_id, c.entry, e.sealed, x.index
            from ledger_event e
            join ledger_commitment c on c.id = e.commitment_id
            left join ledger_entry x on x.commitment_id = e.commitment_id
            where e.person_id = :person and e.commitment_id < :before
              and (cast(:grant as uuid) is null or e.grant_id = cast(:grant as uuid))
            order by e.commitment_id desc
            limit :limit""";

    private final StatelessSession session;
    private final PersonKeys keys;

    History(StatelessSession session, PersonKeys keys) {
        this.session = session;
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

    private List<RecordedEvent> read(PersonId person, @Nullable UUID grant, OptionalLong before, int limit) {
        Optional<DataKey> key = keys.find(person);
        if (key.isEmpty()) {
            return List.of();
        }
        return session
                .createNativeQuery(READ, Object[].class)
                .setParameter("person", person.value())
                .setParameter("grant", grant == null ? null : grant.toString(), String.class)
                .setParameter("before", before.orElse(Long.MAX_VALUE))
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(row -> open(key.get(), row))
                .toList();
    }

    private static RecordedEvent open(DataKey key, Object[] row) {
        var commitment = new Commitment((byte[]) row[1]);
        SealedEvent sealed = SealedEvent.open(key, commitment, (byte[]) row[2]);
        return new RecordedEvent(
                ((Number) row[0]).longValue(),
                EventForm.parse(sealed.canonical()),
                row[3] == null ? OptionalLong.empty() : OptionalLong.of(((Number) row[3]).longValue()),
                Base64.getEncoder().encodeToString(commitment.leafHash()));
    }
}
