package io.consentry.person;

import io.consentry.database.NamedLock;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;

/**
 * The people we know: nothing but a random id and their identity number, found by keyed hash and sealed under the
 * person's own key.
 */
@ApplicationScoped
public class Persons {

    private final StatelessSession session;
    private final DSLContext sql;
    private final MasterKey master;
    private final PersonKeys keys;
    private final InstantSource clock;

    Persons(StatelessSession session, DSLContext sql, MasterKey master, PersonKeys keys, InstantSource clock) {
        this.session = session;
        this.sql = sql;
        this.master = master;
        this.keys = keys;
        this.clock = clock;
    }

    /** The row of the person with this number; made when it is their first time here. */
    @Transactional
    public PersonId enrol(NationalId number) {
        Optional<PersonId> known = find(number);
        if (known.isPresent()) {
            return known.get();
        }
        // Two first sign-ins at once: the second waits here, then finds the first one's row.
        sql.fetchValue(NamedLock.of("enrol"));
        return find(number).orElseGet(() -> add(number));
    }

    /**
     * The row of the person with this number. What it was found by is held against the number sealed in it: whoever can write to
     * the table could give one person's hash to another's row, and sign in as them.
     */
    @Transactional
    public Optional<PersonId> find(NationalId number) {
        return session.createSelectionQuery("from PersonRow where lookup = :lookup", PersonRow.class)
                .setParameter("lookup", lookup(number))
                .uniqueResultOptional()
                .map(row -> requireOf(row, number));
    }

    /** A row whose key was erased says nothing of whose it is, and is nobody's. */
    private PersonId requireOf(PersonRow row, NationalId number) {
        var person = new PersonId(row.id);
        boolean theirs =
                keys.find(person).map(key -> unseal(key, row).equals(number)).orElse(false);
        if (!theirs) {
            throw new IllegalStateException("the row of person " + person + " was changed behind the service's back");
        }
        return person;
    }

    /** A keyed hash of the number, by which its person can be told from others without knowing the number. */
    public byte[] lookupOf(NationalId number) {
        return lookup(number);
    }

    /** Whether the person is the one whose number has this {@link #lookupOf}. */
    @Transactional
    public boolean isFoundBy(PersonId person, byte[] lookup) {
        return nationalId(person)
                .filter(number -> MessageDigest.isEqual(lookup(number), lookup))
                .isPresent();
    }

    /** The identity number, for the sources and for nobody else; empty when there is no such person, or their key is gone. */
    @Transactional
    public Optional<NationalId> nationalId(PersonId person) {
        PersonRow row = session.get(PersonRow.class, person.value());
        return row == null ? Optional.empty() : keys.find(person).map(key -> unseal(key, row));
    }

    /** The same person's name towards one client: stable, and not to be linked with the one another client gets. */
    public UUID pairwise(PersonId person, ClientId client) {
        byte[] hash = master.keyedHash("pairwise-subject", client + "|" + person);
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x80); // RFC 9562 §5.8: version 8, custom
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        var bits = java.nio.ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong());
    }

    private PersonId add(NationalId number) {
        PersonId id = PersonId.random();
        DataKey key = keys.create(id);
        var row = new PersonRow();
        row.id = id.value();
        row.lookup = lookup(number);
        row.sealedId = key.seal(number.value().getBytes(StandardCharsets.UTF_8), "national-id/" + id);
        row.createdAt = clock.instant();
        session.insert(row);
        return id;
    }

    private static NationalId unseal(DataKey key, PersonRow row) {
        byte[] number = key.open(row.sealedId, "national-id/" + row.id);
        return new NationalId(new String(number, StandardCharsets.UTF_8));
    }

    private byte[] lookup(NationalId number) {
        return master.keyedHash("person-lookup", number.value());
    }
}
