package io.consentry.authorization;

import io.consentry.consent.OpenDecision;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.person.Session;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A request, as whoever came for it finds it. Each state offers what is legal from it and nothing else, and is good for as long
 * as the transaction of {@link Interactions#take} that gave it.
 *
 * <pre>
 * pushed ─► SignInFirst ─► ToDecide ─► Decided
 *   └────────────┴────────────┴─► Returned, or Gone when its time is over
 * </pre>
 */
public sealed interface RequestState {

    /** They sign in first, even if somebody is signed in already. Who is not signed in learns nothing else. */
    record SignInFirst() implements RequestState {}

    /** It ended without a decision, now or before: the browser goes back to the client with an error. */
    record Returned(URI to) implements RequestState {}

    /** It is before another person, who is the only one to answer it. */
    record Anothers() implements RequestState {}

    /** Neither open nor decided: its time is over, its client may not ask any more, or it never was. */
    record Gone() implements RequestState {}

    /** Before the person who came, who was told who asks, and for what (FAPI 2.0 §5.3.2.2-13). They approve, refuse, or leave. */
    final class ToDecide implements RequestState {

        private final Approvals approvals;
        private final RequestRow request;
        private final Session person;
        private final OpenDecision open;

        ToDecide(Approvals approvals, RequestRow request, Session person, OpenDecision open) {
            this.approvals = approvals;
            this.request = request;
            this.person = person;
            this.open = open;
        }

        public Terms terms() {
            return open.terms();
        }

        /** What a page shows of it. */
        public Interaction interaction() {
            return approvals.interaction(request);
        }

        /**
         * Approved, less the optional attributes that they decline: the browser goes to the client, with a code. It stays as it is
         * when something else is declined.
         */
        public Approved approve(Set<AttributeName> declined, Shown shown) {
            return approvals.approve(this, declined, shown);
        }

        /** Refused. Returns where the browser goes: to the client, with {@code access_denied}. */
        public URI refuse() {
            return approvals.refuse(this);
        }

        OpenDecision open() {
            return open;
        }

        RequestRow request() {
            return request;
        }

        Session person() {
            return person;
        }
    }

    /** What an approval comes to. */
    sealed interface Approved {

        record GoTo(URI client) implements Approved {}

        record NotOptional(Fault why) implements Approved {}
    }

    /** Decided, for ever. Whoever decided may hear it again. */
    final class Decided implements RequestState {

        private final Decisions decisions;
        private final RequestRow request;
        private final Session person;
        private final Set<AttributeName> optional;

        Decided(Decisions decisions, RequestRow request, Session person, Set<AttributeName> optional) {
            this.decisions = decisions;
            this.request = request;
            this.person = person;
            this.optional = optional;
        }

        /** What could be declined of it. */
        public Set<AttributeName> optional() {
            return optional;
        }

        /** Where whoever approved goes on to, while the code waits for the client; empty for everybody else. */
        public Optional<URI> onward() {
            return decisions.onward(request, person);
        }

        /** The same decision once more: a second click, or a reload after an answer that was lost. */
        public Repeated again(Answer answer) {
            return decisions.again(request, person, answer);
        }
    }

    /** A decision, as its sender makes it. */
    sealed interface Answer {

        record Approve(Set<AttributeName> declined) implements Answer {}

        record Refuse() implements Answer {}
    }

    /** What a decision comes to on a request that is decided. It decides nothing. */
    sealed interface Repeated {

        /** The same, by the same sender, and its answer is still good. */
        record Same(URI to) implements Repeated {}

        /** By the same sender, but another one stands, or its answer is no longer good. */
        record Other(Fault why) implements Repeated {}

        /** Somebody else decided. */
        record Anothers() implements Repeated {}
    }
}
