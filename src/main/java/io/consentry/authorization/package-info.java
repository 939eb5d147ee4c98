/**
 * FAPI 2.0: discovery, pushed requests, authorization, token, client authentication, PKCE and DPoP, each endpoint an
 * ordered list of named checks. {@code Interactions} is how pages find, finish or fail a request.
 */
@NullMarked
@MayUse({"client", "person", "consent", "catalogue", "key", "http", "tls"})
package io.consentry.authorization;

import io.consentry.kernel.MayUse;
import org.jspecify.annotations.NullMarked;
