package io.consentry.key;

import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** A key for each person, under which everything about them is sealed. Deleting it makes all of that unreadable. */
@ApplicationScoped
public class PersonKeys {

    private final StatelessSession session;
    private final MasterKey master;

    PersonKeys(StatelessSession session, MasterKey master) {
        this.session = session;
        this.master = master;
    }

    /** Makes and stores the key of a new person, in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public DataKey create(PersonId person) {
        DataKey key = master.newDataKey();
        session.createNativeMutationQuery("insert into person_key (person_id, wrapped) values (:person, :wrapped)")
                .setParameter("person", person.value())
                .setParameter("wrapped", master.wrap(key, "person/" + person))
                .executeUpdate();
        return key;
    }

    /** The person's key; empty once it was erased. */
    @Transactional
    public Optional<DataKey> find(PersonId person) {
        return session.createNativeQuery("select wrapped from person_key where person_id = :person", byte[].class)
                .setParameter("person", person.value())
                .uniqueResultOptional()
                .map(wrapped -> master.unwrap(wrapped, "person/" + person));
    }

    /** The keys of many; a person whose key was erased is missing. */
    @Transactional
    public Map<PersonId, DataKey> findAll(Set<PersonId> persons) {
        var keys = new HashMap<PersonId, DataKey>();
        session.createNativeQuery(
                        "select person_id, wrapped from person_key where person_id in (:persons)", Object[].class)
                .setParameterList(
                        "persons", persons.stream().map(PersonId::value).toList())
                .getResultList()
                .forEach(row -> {
                    var person = new PersonId((UUID) row[0]);
                    keys.put(person, master.unwrap((byte[]) row[1], "person/" + person));
                });
        return keys;
    }
}
