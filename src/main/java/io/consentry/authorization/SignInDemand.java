package io.consentry.authorization;

import com.nimbusds.openid.connect.sdk.Prompt;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.ClientId;
import io.consentry.person.Assurance;
import io.consentry.person.Persons;
import io.consentry.person.Session;
import io.consentry.person.SignInMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request demands of the sign-in behind its decision: written down when it is pushed, and held against a session when
 * somebody wants to decide.
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

    /** Writes the demand of a checked request into its row. */
    void write(PushedRequest request, Instant now, RequestRow row) {
        SignInParameters asked = request.signIn();
        Prompt prompt = asked.prompt();
        row.pushedAt = now;
        row.silent = prompt.contains(Prompt.Type.NONE);
        row.freshAfter = freshAfter(prompt, asked.maxAge(), now);
        row.hint = asked.hint().map(persons::lookupOf).orElse(null);
        row.uiLocale = asked.language().orElse(null);
        row.subjects = asked.claims().subjects().toArray(UUID[]::new);
        writeLevels(request.client(), asked, row);
    }

    private static @Nullable Instant freshAfter(Prompt prompt, OptionalLong maxAge, Instant now) {
        if (prompt.contains(Prompt.Type.LOGIN) || prompt.contains(Prompt.Type.SELECT_ACCOUNT)) {
            return now;
        }
        return maxAge.isPresent() ? now.minusSeconds(maxAge.getAsLong()) : null;
    }

    /** {@code acr_values} and an essential {@code acr} must be met; a voluntary one is a wish (OpenID Connect Core §5.5.1.1). */
    private static void writeLevels(RegisteredClient client, SignInParameters asked, RequestRow row) {
        Optional<RequestedClaims.Acr> claim = asked.claims().acr();
        List<Assurance> inClaim = claim.stream()
                .flatMap(acr -> acr.values().stream())
                .flatMap(value -> asked.permitted(value).stream())
                .toList();
        var wanted = new ArrayList<>(asked.levels());
        inClaim.stream().filter(level -> !wanted.contains(level)).forEach(wanted::add);
        Optional<Assurance> least = asked.levels().stream().min(Assurance::compareTo);
        Optional<Assurance> leastOfClaim = claim.filter(RequestedClaims.Acr::essential)
                .flatMap(acr -> inClaim.stream().min(Assurance::compareTo));
        row.acrValues = wanted.stream().map(Assurance::acr).toArray(String[]::new);
        row.acrAsked = claim.isPresent()
                || !asked.levels().isEmpty()
                || client.signIn().isLogin();
        row.assurance = java.util.stream.Stream.concat(least.stream(), leastOfClaim.stream())
                .max(Assurance::compareTo)
                .map(level -> (short) level.level())
                .orElse(null);
    }

    Verdict judge(RequestRow request, Optional<Session> session) {
        Optional<Assurance> least = request.least();
        if (least.isPresent()
                && methods.stream().noneMatch(method -> method.reaches().reaches(least.get()))) {
            return unmetLevel();
        }
        return session.map(person -> judge(request, person)).orElse(SIGN_IN_FIRST);
    }

    private Verdict judge(RequestRow request, Session person) {
        boolean asked =
                request.signInAskedAt != null && !person.authenticatedAt().isBefore(request.signInAskedAt);
        if (request.freshAfter != null && person.authenticatedAt().isBefore(request.freshAfter)) {
            return SIGN_IN_FIRST;
        }
        if (request.least().filter(least -> !person.assurance().reaches(least)).isPresent()) {
            return asked ? unmetLevel() : SIGN_IN_FIRST;
        }
        if (isSomebodyElse(request, person)) {
            return asked ? new Verdict.Unmet("login_required", "Another person signed in.") : SIGN_IN_FIRST;
        }
        return !asked && isUnexpected(request, person) ? SIGN_IN_FIRST : new Verdict.Met();
    }

    private static Verdict unmetLevel() {
        return new Verdict.Unmet(
                "unmet_authentication_requirements", "The sign-in did not reach the level of assurance asked for.");
    }

    /** OpenID Connect Core §5.5.1: where a {@code sub} was asked for, nobody else may be answered for. */
    private boolean isSomebodyElse(RequestRow request, Session person) {
        UUID subject = persons.pairwise(person.person(), new ClientId(request.clientId));
        return request.subjects.length > 0 && !Arrays.asList(request.subjects).contains(subject);
    }

    /**
     * Whether the client hinted at another person than the one who was signed in before it asked: then whoever is there is
     * asked once, and may still be anybody. Without a page nothing depends on it, or a client could try out who is there.
     */
    private boolean isUnexpected(RequestRow request, Session person) {
        return request.hint != null
                && !request.silent
                && person.authenticatedAt().isBefore(request.pushedAt)
                && !persons.isFoundBy(person.person(), request.hint);
    }
}
