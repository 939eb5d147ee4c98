package io.consentry.person;

import io.consentry.kernel.PersonId;
import java.time.Instant;

/**
 * A person signed in.
 *
 * @param method how, as an {@code amr} value (RFC 8176)
 * @param authenticatedAt when; becomes {@code auth_time}
 * @param assurance how surely
 * @param id what this session, and no other, is known by; no secret
 */
public record Session(
        PersonId person, String method, Assurance assurance, Instant authenticatedAt, Instant expiresAt, String id) {

    /** The same sign-in, known by another name: where each call signs in anew, though it is one sender. */
    public Session knownAs(String name) {
        return new Session(person, method, assurance, authenticatedAt, expiresAt, name);
    }
}
