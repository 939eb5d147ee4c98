package io.consentry.authorization;

import com.nimbusds.openid.connect.sdk.Prompt;
import io.consentry.client.SignInPolicy;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.person.Assurance;
import io.consentry.person.Persons;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a pushed request may ask of the sign-in: named checks, run by {@link ParChecks} after its own. */
@ApplicationScoped
class SignInRequestChecks {

    /** Singpass' alphabet of {@code authentication_context_message}. */
    private static final Pattern MESSAGE = Pattern.compile("[A-Za-z0-9 .,\\-@'!()]{1,100}");

    private static final Set<String> RETURN_KINDS = Set.of("standard_https", "app_claimed_https");

    private final Persons persons;

    SignInRequestChecks(Persons persons) {
        this.persons = persons;
    }

    /**
     * What the checks have found.
     *
     * @param recordClaims names of claims that are asked for in the record
     */
    record Checked(DemandedSignIn demand, Set<String> recordClaims) {}

    Checked check(PushedRequest request, List<String> scopes) {
        SignInParameters asked = request.signIn();
        Prompt prompt = asked.prompt();
        Optional<Duration> maxAge = asked.maxAge();
        List<Assurance> levels = asked.levels();
        RequestedClaims claims = asked.claims(scopes);
        asksForLevelsInClaimsThatItMayHave(asked, claims);
        asksForOpenidToLogIn(request, scopes);
        saysWhatALoginIsFor(request);
        speaksToThePersonInPlainWords(request);
        returnsInAKnownWay(request);
        returnsFromTheAppByARegisteredLink(request);

        List<Assurance> inClaims = levels(asked, claims);
        boolean login = policy(request).isLogin();
        var demand = new DemandedSignIn(
                prompt.contains(Prompt.Type.NONE),
                isAnew(prompt) ? Optional.of(Duration.ZERO) : maxAge,
                Stream.concat(levels.stream(), inClaims.stream()).distinct().toList(),
                claims.acr().isPresent() || !levels.isEmpty() || login,
                least(levels, claims.isAcrEssential() ? inClaims : List.of()),
                claims.subjects(),
                asked.hint().map(persons::lookupOf),
                asked.language());
        return new Checked(demand, claims.userinfo());
    }

    /** Everything that age can spoil is measured at the push. */
    private static boolean isAnew(Prompt prompt) {
        return prompt.contains(Prompt.Type.LOGIN) || prompt.contains(Prompt.Type.SELECT_ACCOUNT);
    }

    private static List<Assurance> levels(SignInParameters asked, RequestedClaims claims) {
        return claims.acr().stream()
                .flatMap(acr -> acr.values().stream())
                .flatMap(value -> asked.permitted(value).stream())
                .toList();
    }

    /** {@code acr_values} and an essential {@code acr} must be met; a voluntary one is a wish (OpenID Connect Core §5.5.1.1). */
    private static Optional<Assurance> least(List<Assurance> levels, List<Assurance> essential) {
        return Stream.of(levels, essential)
                .flatMap(either -> either.stream().min(Assurance::compareTo).stream())
                .max(Assurance::compareTo);
    }

    /** OpenID Connect Core §5.5.1.1: an essential level that this client can never get is no request to begin with. */
    private static void asksForLevelsInClaimsThatItMayHave(SignInParameters signIn, RequestedClaims claims) {
        claims.acr().filter(RequestedClaims.Acr::essential).ifPresent(acr -> {
            if (!acr.values().isEmpty()
                    && acr.values().stream()
                            .allMatch(value -> signIn.permitted(value).isEmpty())) {
                throw Fault.of(
                                FaultCode.UNREGISTERED_ACR,
                                "Ask for levels of assurance that the client is registered for.")
                        .expecting(
                                signIn.registered().acrValues().toString(),
                                acr.values().toString())
                        .raise();
            }
        });
    }

    /** Singpass: {@code openid} is compulsory; without an ID token nobody has logged in. */
    private static void asksForOpenidToLogIn(PushedRequest request, List<String> scopes) {
        if (policy(request).isLogin() && !scopes.contains("openid")) {
            throw SignInParameters.invalid("scope").expecting("openid", null).raise();
        }
    }

    /** Singpass: {@code authentication_context_type} is compulsory for login clients, and nobody else may send it. */
    private static void saysWhatALoginIsFor(PushedRequest request) {
        SignInPolicy registered = policy(request);
        Optional<String> type = request.form().get("authentication_context_type");
        if (!registered.isLogin()) {
            refuse(request, "authentication_context_type");
            return;
        }
        String given = type.orElseThrow(() -> Form.missing(FaultCode.MISSING_PARAMETER, "authentication_context_type")
                .raise());
        if (!registered.contextTypes().contains(given)) {
            throw Fault.of(
                            FaultCode.UNREGISTERED_CONTEXT_TYPE,
                            "Send a context type that the client is registered for.")
                    .expecting(registered.contextTypes().toString(), null)
                    .raise();
        }
    }

    private static void speaksToThePersonInPlainWords(PushedRequest request) {
        if (!policy(request).isLogin()) {
            refuse(request, "authentication_context_message");
            return;
        }
        request.form().get("authentication_context_message").ifPresent(message -> {
            if (!MESSAGE.matcher(message).matches()) {
                throw SignInParameters.invalid("authentication_context_message")
                        .expecting("1 to 100 letters, digits, spaces and . , - @ ' ! ( )", null)
                        .raise();
            }
        });
    }

    private static void refuse(PushedRequest request, String parameter) {
        if (request.form().get(parameter).isPresent()) {
            throw SignInParameters.invalid(parameter)
                    .expecting("nothing: it is for clients that log people in", null)
                    .raise();
        }
    }

    private static void returnsInAKnownWay(PushedRequest request) {
        request.form()
                .get("redirect_uri_https_type")
                .filter(type -> !RETURN_KINDS.contains(type))
                .ifPresent(type -> {
                    throw SignInParameters.invalid("redirect_uri_https_type")
                            .expecting("standard_https or app_claimed_https", type)
                            .raise();
                });
    }

    /** Singpass: an app link is registered beforehand. There is no app here to come back from, so that it goes no further. */
    private static void returnsFromTheAppByARegisteredLink(PushedRequest request) {
        request.form().get("app_launch_url").ifPresent(url -> {
            if (policy(request).appLaunchUrls().stream().map(URI::toString).noneMatch(url::equals)) {
                throw Fault.of(
                                FaultCode.UNREGISTERED_APP_LAUNCH_URL,
                                "Send one of the registered app_launch_urls, to the letter.")
                        .expecting(policy(request).appLaunchUrls().toString(), url)
                        .raise();
            }
        });
    }

    private static SignInPolicy policy(PushedRequest request) {
        return request.client().signIn();
    }
}
