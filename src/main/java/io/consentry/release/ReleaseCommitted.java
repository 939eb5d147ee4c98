package io.consentry.release;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;

/** A release has been committed to the ledger and is about to leave. Holds no personal value. */
record ReleaseCommitted(GrantId grantId, ClientId clientId) {}
