package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Re-verifies the whole ledger: that indexes are dense, that every commitment is in the order or in the queue and never
 * both, that every sealed event opens and is what its entry commits to, that the version and the count of uses beside it are its
 * own, and that each grant's events tell a possible life.
 */
@ApplicationScoped
public class LedgerCheck {

    private static final int PAGE = 2000;

    private final StatelessSession session;
    private final PersonKeys personKeys;
    private final MasterKey master;

    LedgerCheck(StatelessSession session, PersonKeys personKeys, MasterKey master) {
        this.session = session;
        this.personKeys = personKeys;
        this.master = master;
    }

    /**
     * What was found.
     *
     * @param commitments how many commitments were read
     * @param problems one sentence for each thing that is wrong; empty when all is well
     */
    public record Verdict(long commitments, List<String> problems) {}

    /** Reads everything in one snapshot. Time grows with the ledger; memory with the number of grants. */
    @Transactional
    @TransactionConfiguration(timeout = 3600)
    public Verdict check() {
        session.createNativeMutationQuery("set transaction isolation level repeatable read, read only")
                .executeUpdate();
        var problems = new ArrayList<String>();
        checkOrder(problems);
        long commitments = checkEvents(problems);
        return new Verdict(commitments, List.copyOf(problems));
    }

    private void checkOrder(List<String> problems) {
        long size = count("select size from ledger_tree");
        expect(problems, size, "select count(*) from ledger_entry", "entries in the order");
        expect(problems, size - 1, "select coalesce(max(index), -1) from ledger_entry", "as the highest index");
        expect(problems, 0, "select coalesce(min(index), 0) from ledger_entry", "as the lowest index");
        expect(
                problems,
                0,
                "select count(*) from ledger_staged s join ledger_entry e using (commitment_id)",
                "commitments both queued and in the order");
        expect(problems, 0, """
                select count(*) from ledger_commitment c
                where not exists (select from ledger_entry e where e.commitment_id = c.id)
                  and not exists (select from ledger_staged s where s.commitment_id = c.id)""", "commitments neither queued nor in the order");
    }

    private void expect(List<String> problems, long expected, String query, String what) {
        long found = count(query);
        if (found != expected) {
            problems.add("expected " + expected + " but found " + found + " " + what);
        }
    }

    private long count(String query) {
        return session.createNativeQuery(query, Long.class).getSingleResult();
    }

    private long checkEvents(List<String> problems) {
        var lives = new HashMap<UUID, GrantLife>();
        var keys = new HashMap<UUID, Optional<DataKey>>();
        long read = 0;
        long after = 0;
        List<Object[]> page = page(after);
        while (!page.isEmpty()) {
            for (Object[] row : page) {
                checkEvent(row, keys, lives, problems);
            }
            read += page.size();
            after = ((Number) page.getLast()[0]).longValue();
            page = page(after);
        }
        lives.forEach(
                (grant, life) -> life.problem().ifPresent(found -> problems.add("grant " + grant + ": " + found)));
        return read;
    }

    private List<Object[]> page(long after) {
        return session.createNativeQuery("""
                        select c.id, c.entry, e.person_id, e.grant_id, e.sealed, e.grant_version, e.row_step
                        from ledger_commitment c left join ledger_event e on e.commitment_id = c.id
                        where c.id > :after order by c.id limit :page""", Object[].class)
                .setParameter("after", after)
                .setParameter("page", PAGE)
                .getResultList();
    }

    private void checkEvent(
            Object[] row, Map<UUID, Optional<DataKey>> keys, Map<UUID, GrantLife> lives, List<String> problems) {
        long id = ((Number) row[0]).longValue();
        var commitment = new Commitment((byte[]) row[1]);
        if (row[4] == null) {
            problems.add("commitment " + id + " has lost its event, and nothing says that it was erased");
            return;
        }
        Optional<DataKey> key = key((UUID) row[2], keys);
        if (key.isEmpty()) {
            problems.add("commitment " + id + " belongs to a person without a key");
            return;
        }
        try {
            SealedEvent sealed = SealedEvent.open(key.get(), commitment, (byte[]) row[4]);
            if (!commitment.covers(sealed.canonical(), sealed.opening())) {
                problems.add("commitment " + id + " covers another event than the one beside it");
            }
            LedgerEvent event = EventForm.parse(sealed.canonical());
            UUID grant = event.grantId().value();
            if (!grant.equals(row[3])) {
                problems.add("commitment " + id + " is filed under another grant");
            }
            GrantLife life = lives.getOrDefault(grant, GrantLife.NONE).then(event);
            lives.put(grant, life);
            checkColumns(row, event, life).ifPresent(wrong -> problems.add("commitment " + id + ' ' + wrong));
        } catch (IllegalStateException e) {
            problems.add("the event of commitment " + id + " does not open");
        }
    }

    /** What rows are held against; entries from before there were these columns have none, or a version of 0. */
    private static Optional<String> checkColumns(Object[] row, LedgerEvent event, GrantLife life) {
        int version = ((Number) row[5]).intValue();
        if (version != 0 && version != event.version()) {
            return Optional.of("is filed under another version of its grant");
        }
        boolean isUse = event.kind() == EventKind.RELEASED && life instanceof GrantLife.At;
        if (isUse && row[6] != null && ((Number) row[6]).longValue() != ((GrantLife.At) life).uses()) {
            return Optional.of("is filed as another use of its grant");
        }
        return Optional.empty();
    }

    private Optional<DataKey> key(@Nullable UUID person, Map<UUID, Optional<DataKey>> keys) {
        if (person == null) {
            return Optional.of(master.own());
        }
        return keys.computeIfAbsent(person, id -> personKeys.find(new PersonId(id)));
    }
}
