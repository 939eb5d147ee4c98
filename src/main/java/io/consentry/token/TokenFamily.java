package io.consentry.token;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;

/**
 * All tokens that go back to one code, and what they lead to: they are revoked together (RFC 6749 §4.1.2).
 *
 * @param codeHash of the code
 */
public record TokenFamily(ClientId client, GrantId grant, byte[] codeHash) {}
