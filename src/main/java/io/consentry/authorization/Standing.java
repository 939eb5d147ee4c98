package io.consentry.authorization;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import java.util.Optional;
import java.util.Set;

/**
 * Where an access token leads, its proof of possession verified: to a grant, its client and its person.
 *
 * @param consentState the consent's state when the token was looked up; the release decides again under its lock
 * @param narrowedTo the attributes that the token was narrowed to (RFC 6749 §6); all of the grant when empty
 */
public record Standing(
        GrantId grantId,
        ClientId clientId,
        PersonId person,
        String consentState,
        Optional<Set<AttributeName>> narrowedTo) {}
