package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;

/**
 * Where an access token leads, its proof of possession verified: to a grant, its client and its person.
 *
 * @param consentState the consent's state when the token was looked up; the release decides again under its lock
 */
public record Standing(GrantId grantId, ClientId clientId, PersonId person, String consentState) {}
