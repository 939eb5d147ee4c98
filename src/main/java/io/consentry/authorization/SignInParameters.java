package io.consentry.authorization;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.Prompt;
import io.consentry.client.SignInPolicy;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.NationalId;
import io.consentry.person.Assurance;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameters of a pushed request that are about the sign-in (OpenID Connect Core §3.1.2.1), each read in one place. What
 * cannot be accepted throws its fault. {@code display} and {@code id_token_hint} are passed over: there is one kind of page,
 * and whom a client means it says by {@code sub} in {@code claims}.
 */
record SignInParameters(Form form, SignInPolicy registered) {

    /** As many digits as a long holds in seconds without a thought; 31 years. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** The languages that people here read. */
    private static final List<String> LANGUAGES = List.of("en", "zh", "ms", "ta");

    /** What to do before a decision. {@code none} stands alone; {@code create} is not offered. */
    Prompt prompt() {
        try {
            Prompt prompt = Prompt.parse(words("prompt").toList());
            if (!prompt.contains(Prompt.Type.CREATE)) {
                return prompt;
            }
        } catch (ParseException e) {
            // Said below, without what came: it is not ours.
        }
        throw invalid("prompt")
                .expecting(
                        "none alone, or any of login, consent, select_account",
                        form.get("prompt").orElse(null))
                .raise();
    }

    /** How old the sign-in may be: as the request says, or else as is registered. */
    Optional<Duration> maxAge() {
        Optional<String> text = form.get("max_age");
        if (text.isEmpty()) {
            return registered.defaultMaxAge().stream()
                    .mapToObj(Duration::ofSeconds)
                    .findFirst();
        }
        if (!SECONDS.matcher(text.get()).matches()) {
            throw invalid("max_age")
                    .expecting("a whole number of seconds", text.get())
                    .raise();
        }
        return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
    }

    /** The levels of assurance that will do, the most wanted first; each must be registered. */
    List<Assurance> levels() {
        return words("acr_values").map(this::level).distinct().toList();
    }

    private Assurance level(String acr) {
        return permitted(acr)
                .orElseThrow(() -> Fault.of(
                                FaultCode.UNREGISTERED_ACR,
                                "Ask for levels of assurance that the client is registered for.")
                        .expecting(registered.acrValues().toString(), acr)
                        .raise());
    }

    /** The level behind an {@code acr} value, if the client may ask for it. */
    Optional<Assurance> permitted(String acr) {
        return Optional.of(acr).filter(registered.acrValues()::contains).flatMap(Assurance::ofAcr);
    }

    /** What {@code claims} asks for (OpenID Connect Core §5.5); nothing in a request without {@code openid}. */
    RequestedClaims claims(List<String> scopes) {
        return scopes.contains("openid")
                ? form.get("claims").map(RequestedClaims::parse).orElse(RequestedClaims.NONE)
                : RequestedClaims.NONE;
    }

    /** The person whom the client expects. Anything but an identity number is dropped: it would find nobody. */
    Optional<NationalId> hint() {
        return form.get("login_hint")
                .map(text -> text.strip().toUpperCase(Locale.ROOT))
                .filter(NationalId::isValid)
                .map(NationalId::new);
    }

    /** Of the languages that people here read, the one wanted most; a tag that is none is passed over. */
    Optional<String> language() {
        return words("ui_locales")
                .map(tag -> tag.split("-", 2)[0].toLowerCase(Locale.ROOT))
                .filter(LANGUAGES::contains)
                .findFirst();
    }

    private Stream<String> words(String name) {
        return form.get(name).stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .filter(word -> !word.isEmpty());
    }

    static Fault invalid(String parameter) {
        return Fault.of(FaultCode.INVALID_PARAMETER, "The parameter " + parameter + " cannot be accepted.");
    }
}
