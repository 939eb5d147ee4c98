package io.consentry.authorization;

import io.consentry.client.SignInPolicy;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a pushed request may ask of the sign-in: named checks, run by {@link ParChecks} after its own. */
final class SignInRequestChecks {

    /** Singpass' alphabet of {@code authentication_context_message}. */
    private static final Pattern MESSAGE = Pattern.compile("[A-Za-z0-9 .,\\-@'!()]{1,100}");

    private static final Set<String> RETURN_KINDS = Set.of("standard_https", "app_claimed_https");

    static final List<Consumer<PushedRequest>> IN_ORDER = List.of(
            SignInRequestChecks::promptsForWhatIsOffered,
            SignInRequestChecks::limitsTheAgeOfTheSignIn,
            SignInRequestChecks::asksForRegisteredLevels,
            SignInRequestChecks::asksForReadableClaims,
            SignInRequestChecks::asksForLevelsInClaimsThatItMayHave,
            SignInRequestChecks::asksForOpenidToLogIn,
            SignInRequestChecks::saysWhatALoginIsFor,
            SignInRequestChecks::speaksToThePersonInPlainWords,
            SignInRequestChecks::returnsInAKnownWay,
            SignInRequestChecks::returnsFromTheAppByARegisteredLink);

    private SignInRequestChecks() {}

    /** OpenID Connect Core §3.1.2.1: {@code none} with another value is an error. */
    private static void promptsForWhatIsOffered(PushedRequest request) {
        request.signIn().prompt();
    }

    private static void limitsTheAgeOfTheSignIn(PushedRequest request) {
        request.signIn().maxAge();
    }

    private static void asksForRegisteredLevels(PushedRequest request) {
        request.signIn().levels();
    }

    private static void asksForReadableClaims(PushedRequest request) {
        request.signIn().claims();
    }

    /** OpenID Connect Core §5.5.1.1: an essential level that this client can never get is no request to begin with. */
    private static void asksForLevelsInClaimsThatItMayHave(PushedRequest request) {
        SignInParameters signIn = request.signIn();
        signIn.claims().acr().filter(RequestedClaims.Acr::essential).ifPresent(acr -> {
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
    private static void asksForOpenidToLogIn(PushedRequest request) {
        if (policy(request).isLogin() && !ParChecks.scopes(request).contains("openid")) {
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
