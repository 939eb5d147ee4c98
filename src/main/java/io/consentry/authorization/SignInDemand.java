package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.person.Assurance;
import io.consentry.person.Persons;
import io.consentry.person.Session;
import io.consentry.person.SignInMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds what a request demands of the sign-in behind its decision against a session, when somebody wants to decide.
 *
 * <p>A person is asked to sign in anew once at most: everything that age can spoil is measured at the push, so that a sign-in
 * after it satisfies, and one that was asked for and does not satisfy in another way ends the request.
 */
@ApplicationScoped
class SignInDemand {

    private final Persons persons;
    private final Instance<SignInMethod> methods;

    SignInDemand(Persons persons, Instance<SignInMethod> methods) {
        this.persons = persons;
        this.methods = methods;
    }

    /** How a session stands to a request. */
    sealed interface Verdict {

        /** It will do. */
        record Met() implements Verdict {}

        /** The person has to sign in, or to do so anew. */
        record SignInFirst() implements Verdict {}

        /** It will not do, and asking once more would not help. */
        record Unmet(String error, String description) implements Verdict {}
    }

    private static final Verdict SIGN_IN_FIRST = new Verdict.SignInFirst();

    Verdict judge(RequestRow request, Optional<Session> session) {
        DemandedSignIn demanded = request.signIn();
        Optional<Assurance> least = demanded.least();
        if (least.isPresent()
                && methods.stream().noneMatch(method -> method.reaches().reaches(least.get()))) {
            return unmetLevel();
        }
        return session.map(person -> judge(request, demanded, person)).orElse(SIGN_IN_FIRST);
    }

    private Verdict judge(RequestRow request, DemandedSignIn demanded, Session person) {
        Instant signedIn = person.authenticatedAt();
        boolean asked = request.signInAskedAt != null && !signedIn.isBefore(request.signInAskedAt);
        if (demanded.maxAge()
                .filter(age -> signedIn.isBefore(request.pushedAt.minus(age)))
                .isPresent()) {
            return SIGN_IN_FIRST;
        }
        if (demanded.least().filter(least -> !person.assurance().reaches(least)).isPresent()) {
            return asked ? unmetLevel() : SIGN_IN_FIRST;
        }
        if (isSomebodyElse(request, demanded, person)) {
            return asked ? new Verdict.Unmet("login_required", "Another person signed in.") : SIGN_IN_FIRST;
        }
        return !asked && isUnexpected(request, demanded, person) ? SIGN_IN_FIRST : new Verdict.Met();
    }

    private static Verdict unmetLevel() {
        return new Verdict.Unmet(
                "unmet_authentication_requirements", "The sign-in did not reach the level of assurance asked for.");
    }

    /** OpenID Connect Core §5.5.1: where a {@code sub} was asked for, nobody else may be answered for. */
    private boolean isSomebodyElse(RequestRow request, DemandedSignIn demanded, Session person) {
        UUID subject = persons.pairwise(person.person(), new ClientId(request.clientId));
        return !demanded.subjects().isEmpty() && !demanded.subjects().contains(subject);
    }

    /**
     * Whether the client hinted at another person than the one who was signed in before it asked: then whoever is there is
     * asked once, and may still be anybody. Without a page nothing depends on it, or a client could try out who is there.
     */
    private boolean isUnexpected(RequestRow request, DemandedSignIn demanded, Session person) {
        return !demanded.silent()
                && person.authenticatedAt().isBefore(request.pushedAt)
                && demanded.hint()
                        .filter(hint -> !persons.isFoundBy(person.person(), hint))
                        .isPresent();
    }
}
