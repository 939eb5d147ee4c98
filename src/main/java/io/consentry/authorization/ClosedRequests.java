package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Tells what became of requests that are over. It opens, locks and decides nothing. */
@ApplicationScoped
public class ClosedRequests {

    private final PushedRequests requests;
    private final AmendmentDecisions amendments;
    private final Decisions decisions;
    private final Redirects redirects;
    private final InstantSource clock;

    ClosedRequests(
            PushedRequests requests,
            AmendmentDecisions amendments,
            Decisions decisions,
            Redirects redirects,
            InstantSource clock) {
        this.requests = requests;
        this.amendments = amendments;
        this.decisions = decisions;
        this.redirects = redirects;
        this.clock = clock;
    }

    /** The caller must make sure that the grant is whoever's who asks. */
    @Transactional
    public Optional<ClosedRequest> find(InteractionId id) {
        return requests.recall(id).map(request -> {
            boolean lapsed = request.finishedAt == null && !request.isOpen(clock.instant());
            return new ClosedRequest(
                    new ClientId(request.clientId),
                    new GrantId(request.grantId),
                    request.recordedAt != null,
                    lapsed,
                    amendments.find(request),
                    lapsed
                            ? Optional.of(request)
                                    .filter(requests::mayBeAnswered)
                                    .map(this::afterLapse)
                            : requests.finished(id).flatMap(decisions::wayBack));
        });
    }

    private URI afterLapse(RequestRow request) {
        return redirects.failure(request, "access_denied", "Nobody decided in time.");
    }
}
