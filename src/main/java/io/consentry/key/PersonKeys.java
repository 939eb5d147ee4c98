package io.consentry.key;

import static io.consentry.schema.PersonKeyTable.PERSON_KEY;
import static org.jooq.impl.DSL.any;

import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record2;

/** A key for each person, under which everything about them is sealed. Deleting it makes all of that unreadable. */
@ApplicationScoped
public class PersonKeys {

    private final DSLContext sql;
    private final MasterKey master;

    PersonKeys(DSLContext sql, MasterKey master) {
        this.sql = sql;
        this.master = master;
    }

    /** Makes and stores the key of a new person, in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public DataKey create(PersonId person) {
        DataKey key = master.newDataKey();
        sql.insertInto(PERSON_KEY)
                .set(PERSON_KEY.PERSON_ID, person.value())
                .set(PERSON_KEY.WRAPPED, master.wrap(key, context(person)))
                .execute();
        return key;
    }

    /** The person's key; empty once it was erased. */
    @Transactional
    public Optional<DataKey> find(PersonId person) {
        return sql.select(PERSON_KEY.WRAPPED)
                .from(PERSON_KEY)
                .where(PERSON_KEY.PERSON_ID.eq(person.value()))
                .fetchOptional(PERSON_KEY.WRAPPED)
                .map(wrapped -> master.unwrap(wrapped, context(person)));
    }

    /** The keys of many; a person whose key was erased is missing. */
    @Transactional
    public Map<PersonId, DataKey> findAll(Set<PersonId> persons) {
        UUID[] ids = persons.stream().map(PersonId::value).toArray(UUID[]::new);
        return sql.select(PERSON_KEY.PERSON_ID.convertFrom(PersonId::new), PERSON_KEY.WRAPPED)
                .from(PERSON_KEY)
                .where(PERSON_KEY.PERSON_ID.eq(any(ids)))
                .fetchMap(Record2::value1, key -> master.unwrap(key.value2(), context(key.value1())));
    }

    private static String context(PersonId person) {
        return "person/" + person;
    }
}
