package io.consentry.person;

import io.consentry.http.Limits;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/** Who is signed in, by the cookie of a request. */
@ApplicationScoped
public class CurrentPerson {

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Limits limits;

    CurrentPerson(Sessions sessions, SessionCookie cookie, Limits limits) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.limits = limits;
    }

    /** Counts the request for the person, if somebody is signed in; throws {@code rate_limited} when there are too many. */
    public Optional<SignedIn> find(HttpHeaders headers) {
        Optional<SignedIn> who = cookie.read(headers)
                .flatMap(handle -> sessions.find(handle).map(session -> new SignedIn(session, handle)));
        who.ifPresent(signedIn -> limits.count(signedIn.session().person()));
        return who;
    }

    /** Throws {@code sign_in_required} when nobody is. */
    public Session require(HttpHeaders headers) {
        return find(headers)
                .map(SignedIn::session)
                .orElseThrow(
                        () -> Fault.of(FaultCode.SIGN_IN_REQUIRED, "Nobody is signed in, or the session has ended.")
                                .raise());
    }
}
