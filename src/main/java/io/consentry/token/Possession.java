package io.consentry.token;

import io.consentry.client.Strictness;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;

/** An access token whose possession is to be proved: with the key it is bound to, as strictly as its client is held. */
record Possession(Handle token, String boundTo, ClientId client, Strictness strictness) {}
