package io.consentry.notice;

import io.consentry.kernel.ClientId;
import java.net.URI;
import java.util.Optional;

/** Where the events of a client go, as it registered. */
sealed interface Receiver {

    ClientId client();

    /**
     * An address that events are pushed to (RFC 8935).
     *
     * @param authorization what it wants to see in {@code Authorization}
     * @param failures rounds of pushes in a row that nobody answered as RFC 8935 has it
     */
    record Push(ClientId client, URI endpoint, Optional<Authorization> authorization, int failures)
            implements Receiver {

        /** After so many failed rounds it is left alone for a while, then tried with one event. */
        static final int SUSPECT_AFTER = 3;

        boolean isSuspect() {
            return failures >= SUSPECT_AFTER;
        }
    }

    /** The client comes and fetches (RFC 8936). */
    record Poll(ClientId client) implements Receiver {}

    /** The value of an {@code Authorization} header: the client's secret, which does not print. */
    record Authorization(String value) {

        @Override
        public String toString() {
            return "Authorization[redacted]";
        }
    }
}
