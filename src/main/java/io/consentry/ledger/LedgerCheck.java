package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * Re-verifies the whole ledger: that indexes are dense, that every commitment is in the order or in the queue and never
 * both, that nothing refers to a commitment that is not there, that every sealed event opens and is what its entry commits
 * to, that the version and the count of uses beside it are its own, and that each grant's events tell a possible life.
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
    public record Report(long commitments, List<String> problems) {}

    /** Reads everything in one snapshot. Time grows with the ledger; memory with the number of grants. */
    @Transactional
    @TransactionConfiguration(timeout = 3600)
    public Report check() {
        return read(new VerifiedEvents());
    }

    /** Reads the order, and those events that come after what was verified before; adds them to it. */
    @Transactional
    @TransactionConfiguration(timeout = 3600)
    Report check(VerifiedEvents verified) {
        return read(verified);
    }

    private Report read(VerifiedEvents verified) {
        session.createNativeMutationQuery("set transaction isolation level repeatable read, read only")
                .executeUpdate();
        var problems = new ArrayList<String>();
        checkOrder(problems);
        checkEvents(verified, problems);
        return new Report(verified.count(), List.copyOf(problems));
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
        for (String table : List.of("ledger_event", "ledger_entry")) {
            expect(
                    problems,
                    0,
                    "select count(*) from " + table + " r where not exists"
                            + " (select from ledger_commitment c where c.id = r.commitment_id)",
                    "rows of " + table + " without a commitment");
        }
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

    private void checkEvents(VerifiedEvents verified, List<String> problems) {
        if (count("select count(*) from ledger_commitment where id <= " + verified.last()) != verified.count()) {
            verified.forget(); // commitments are numbered before they are committed: one came late
        }
        List<FiledEvent> page = page(verified.last());
        while (!page.isEmpty()) {
            findKeys(page, verified.keys());
            // Opening is what takes the time, and needs nothing but the row and its key; lives go in order.
            List<FiledEvent.Verified> verdicts = page.parallelStream()
                    .map(filed -> filed.verify(key(filed, verified.keys())))
                    .toList();
            verdicts.forEach(verdict -> verified.add(verdict, problems));
            page = page(verified.last());
        }
        verified.addProblemsOfLives(problems);
    }

    private List<FiledEvent> page(long after) {
        return session
                .createNativeQuery("""
                        select c.id, c.entry, e.person_id, e.grant_id, e.sealed, e.grant_version, e.row_step
                        from ledger_commitment c left join ledger_event e on e.commitment_id = c.id
                        where c.id > :after order by c.id limit :page""", Object[].class)
                .setParameter("after", after)
                .setParameter("page", PAGE)
                .getResultList()
                .stream()
                .map(FiledEvent::of)
                .toList();
    }

    private void findKeys(List<FiledEvent> page, Map<PersonId, DataKey> keys) {
        Set<PersonId> unknown = page.stream()
                .flatMap(filed -> filed.person().stream())
                .filter(person -> !keys.containsKey(person))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            keys.putAll(personKeys.findAll(unknown));
        }
    }

    private Optional<DataKey> key(FiledEvent filed, Map<PersonId, DataKey> keys) {
        return filed.person()
                .map(person -> Optional.ofNullable(keys.get(person)))
                .orElseGet(() -> Optional.of(master.own()));
    }
}
