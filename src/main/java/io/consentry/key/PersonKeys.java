package io.consentry.key;

import static io.consentry.schema.PersonKeyTable.PERSON_KEY;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;

import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;

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
        return find(person, id -> inline(0)).map(With::key);
    }

    /** A person's key, and what was read beside it. */
    public record With<T>(DataKey key, T beside) {}

    /** The person's key, and what the caller wants to know of the person, by one statement: made of the column of their id. */
    @Transactional
    public <T> Optional<With<T>> find(PersonId person, Function<Field<UUID>, Field<T>> beside) {
        return sql.select(PERSON_KEY.WRAPPED, beside.apply(PERSON_KEY.PERSON_ID))
                .from(PERSON_KEY)
                .where(PERSON_KEY.PERSON_ID.eq(person.value()))
                .fetchOptional(found -> with(person, found.value1(), found.value2()));
    }

    /** The keys of many; a person whose key was erased is missing. */
    @Transactional
    public Map<PersonId, DataKey> findAll(Set<PersonId> persons) {
        var keys = new HashMap<PersonId, DataKey>();
        findAll(persons, id -> inline(0)).forEach((person, found) -> keys.put(person, found.key()));
        return keys;
    }

    /** The same, with what the caller wants to know of each. */
    @Transactional
    public <T> Map<PersonId, With<T>> findAll(Set<PersonId> persons, Function<Field<UUID>, Field<T>> beside) {
        UUID[] ids = persons.stream().map(PersonId::value).toArray(UUID[]::new);
        return sql.select(
                        PERSON_KEY.PERSON_ID.convertFrom(PersonId::new),
                        PERSON_KEY.WRAPPED,
                        beside.apply(PERSON_KEY.PERSON_ID))
                .from(PERSON_KEY)
                .where(PERSON_KEY.PERSON_ID.eq(any(ids)))
                .fetchMap(Record3::value1, found -> with(found.value1(), found.value2(), found.value3()));
    }

    private <T> With<T> with(PersonId person, byte[] wrapped, T beside) {
        return new With<>(master.unwrap(wrapped, context(person)), beside);
    }

    private static String context(PersonId person) {
        return "person/" + person;
    }
}
