package io.consentry.client;

import io.consentry.outbound.WebAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a client wants to be registered for asking of its people's sign-in; the first check that fails is the answer. */
final class SignInChecks {

    private SignInChecks() {}

    static SignInPolicy check(Registration asked, JoseRegistration idToken) throws RefusedException {
        Registration.SignIn signIn = asked.signIn();
        known("allowed_acr_values", signIn.acrValues(), SignInPolicy.LEVELS);
        known("authentication_context_types", signIn.contextTypes(), ContextTypes.ALL);
        var policy = new SignInPolicy(
                Set.copyOf(signIn.acrValues()),
                signIn.defaultMaxAge(),
                Set.copyOf(signIn.contextTypes()),
                appLaunchUrls(signIn.appLaunchUrls()));
        if (policy.isLogin()) {
            isALoginClient(asked, idToken);
        }
        return policy;
    }

    private static void known(String member, List<String> values, Set<String> all) throws RefusedException {
        for (String value : values) {
            if (!all.contains(value)) {
                throw new RefusedException(member, "has " + value + ", which is not known");
            }
        }
    }

    private static Set<URI> appLaunchUrls(List<String> texts) throws RefusedException {
        Set<URI> urls = new LinkedHashSet<>();
        for (String text : texts) {
            URI url = RegistrationChecks.uri("app_launch_urls", text);
            Optional<String> fault = WebAddress.fault(url);
            if (fault.isPresent()) {
                throw new RefusedException("app_launch_urls", "must " + fault.get() + ", and " + text + " does not");
            }
            urls.add(url);
        }
        return urls;
    }

    /** What a login client learns of a person comes in the ID token, which therefore nobody else may be able to read. */
    private static void isALoginClient(Registration asked, JoseRegistration idToken) throws RefusedException {
        for (String scope : asked.scope()) {
            if (!RegisteredClient.LOGIN_SCOPES.contains(scope)) {
                throw new RefusedException(
                        "scope", "has " + scope + ", which a client with authentication_context_types cannot ask for");
            }
        }
        if (!asked.scope().contains("openid")) {
            throw new RefusedException("scope", "lacks openid, without which nobody signs in");
        }
        if (!idToken.isEncrypted()) {
            throw new RefusedException(
                    "id_token_encrypted_response_alg",
                    "is missing: an ID token that says who somebody is is encrypted; use ECDH-ES+A256KW");
        }
    }
}
