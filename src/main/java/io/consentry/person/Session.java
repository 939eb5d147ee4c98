package io.consentry.person;

import io.consentry.kernel.PersonId;
import java.time.Instant;

/**
 * A person signed in.
 *
 * @param method how, as an {@code amr} value (RFC 8176)
 * @param authenticatedAt when; becomes {@code auth_time}
 * @param assurance how surely
 */
public record Session(
        PersonId person, String method, Assurance assurance, Instant authenticatedAt, Instant expiresAt) {}
