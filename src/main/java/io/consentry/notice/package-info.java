/**
 * What clients are told of their grants: Security Event Tokens (RFC 8417), pushed to them (RFC 8935) or fetched by them
 * (RFC 8936), out of an outbox that the ledger fills. Uses {@code token} because fetching takes an access token.
 */
@NullMarked
@MayUse({"health", "ledger", "consent", "client", "person", "key", "http", "token", "outbound", "schema", "database"})
@Owns({"event_receiver", "receiver_version", "notice"})
package io.consentry.notice;

import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import org.jspecify.annotations.NullMarked;
