package io.consentry.token;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import java.util.Optional;
import java.util.Set;

/**
 * Where an access token leads, its proof of possession verified: to a grant and its client, as it is registered now. Whose grant it is and how it
 * stands is said by the consent alone, once its seal was checked.
 *
 * @param narrowedTo the attributes that the token was narrowed to (RFC 6749 §6); all of the grant when empty
 */
public record PresentedToken(GrantId grantId, RegisteredClient client, Optional<Set<AttributeName>> narrowedTo) {}
