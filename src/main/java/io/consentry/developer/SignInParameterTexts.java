package io.consentry.developer;

import java.util.HashMap;
import java.util.Map;

/** What the API document says of the parameters of a pushed request that are about the sign-in. */
final class SignInParameterTexts {

    private SignInParameterTexts() {}

    static Map<String, String> withOthers(Map<String, String> others) {
        var all = new HashMap<>(others);
        all.put("prompt", "none, or any of login, consent and select_account. With none no page is shown.");
        all.put("max_age", "How old the sign-in may be, in seconds, when the request is pushed.");
        all.put(
                "acr_values",
                "Levels of assurance that will do, the most wanted first; for clients registered for them.");
        all.put("claims", "JSON (OpenID Connect Core §5.5): acr and sub of the ID token, attributes of the record.");
        all.put("login_hint", "Whom you expect, by identity number. Kept as a keyed hash; anything else is dropped.");
        all.put("ui_locales", "Languages of the person, the best first: en, zh, ms or ta.");
        all.put("id_token_hint", "Ignored: name the person by sub in claims.");
        all.put("display", "Ignored: there is one kind of page.");
        all.put(
                "authentication_context_type",
                "What the person signs in for. Compulsory for login clients, for nobody else.");
        all.put("authentication_context_message", "What a login client says to the person; at most 100 characters.");
        all.put("redirect_uri_https_type", "standard_https or app_claimed_https.");
        all.put(
                "app_launch_url",
                "A registered app link. There is no app here to come back from, so it goes no further.");
        return all;
    }
}
