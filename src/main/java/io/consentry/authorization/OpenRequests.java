package io.consentry.authorization;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How many pushed requests a client may have open, so that whoever got hold of its key fills no disk. The insert counts them and
 * takes no row beyond (the trigger {@code authorization_request_room}): not one more, however many come at once. One that nobody came
 * for counts until its address is dead, and its page with it.
 */
@Singleton
class OpenRequests {

    private final int most;
    private final Duration lifetime;

    OpenRequests(AuthorizationSettings settings) {
        this.most = settings.mostOpenRequests();
        this.lifetime = settings.requestUriLifetime();
    }

    int most() {
        return most;
    }

    /** To be told after one lifetime: by then what nobody came for is open no more. */
    Fault tooMany() {
        return Fault.of(FaultCode.TOO_MANY_OPEN_REQUESTS, "Nothing was kept of this one.")
                .expecting("at most " + most + " open requests", null)
                .suggesting("Push a request when the person is about to be sent on, and not before.")
                .retryingAfter(lifetime);
    }
}
