/**
 * FAPI 2.0: discovery, pushed requests, authorization, the redeeming of codes, client authentication and PKCE, each endpoint an
 * ordered list of named checks. {@code Interactions} is how pages find, finish or fail a request.
 */
@NullMarked
@MayUse({
    "client",
    "person",
    "consent",
    "catalogue",
    "key",
    "http",
    "tls",
    "token",
    "release",
    "ledger",
    "database",
    "schema",
    "witness"
})
@Owns({"authorization_request", "authorization_code"})
package io.consentry.authorization;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;
