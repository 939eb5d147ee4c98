package io.consentry.authorization;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Uses.Use;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.release.Committed;
import io.consentry.token.AccessTokens;
import io.consentry.token.Binding;
import io.consentry.token.IssuedToken;
import io.consentry.token.TokenFamilies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Redeems a code for an access token and, for OpenID requests, an ID token, in one transaction that holds the code's lock.
 * A refusal is a result and not an exception, because what a second use revokes must be committed.
 */
@ApplicationScoped
class Redemption {

    private final AuthorizationCodes codes;
    private final Retry retry;
    private final AccessTokens tokens;
    private final TokenFamilies families;
    private final Refreshment refreshment;
    private final IdTokens idTokens;
    private final Consents consents;
    private final AuthorizationSettings settings;

    Redemption(
            AuthorizationCodes codes,
            Retry retry,
            AccessTokens tokens,
            TokenFamilies families,
            Refreshment refreshment,
            IdTokens idTokens,
            Consents consents,
            AuthorizationSettings settings) {
        this.codes = codes;
        this.retry = retry;
        this.tokens = tokens;
        this.families = families;
        this.refreshment = refreshment;
        this.idTokens = idTokens;
        this.consents = consents;
        this.settings = settings;
    }

    /**
     * A code that would be redeemed as things are now.
     *
     * @param identifies whether its ID token says of the person what they granted
     */
    record Redeemable(CodeRow code, boolean identifies) {}

    @Transactional
    public Committed<TokenResponse> redeem(
            Form form, IdTokens.Audience audience, Binding binding, Optional<Redeemer.Identified> identified) {
        Handle code = new Handle(form.require("code"));
        CodeRow row = codes.lock(code).orElse(null);
        if (row == null || !row.clientId.equals(audience.client().id().value())) {
            return new Committed.Refused<>(Fault.of(FaultCode.INVALID_CODE, "No such code was issued to this client."));
        }
        Optional<Fault> mismatch = mismatch(row, form, binding);
        if (row.redeemedAt != null && !(mismatch.isEmpty() && retry.isOne(row, binding))) {
            families.revoke(row.family()); // RFC 6749 §4.1.2, FAPI 2.0 §5.3.2.2-9
            return new Committed.Refused<>(
                    Fault.of(FaultCode.CODE_REUSED, "The tokens of its first use were revoked."));
        }
        return mismatch.<Committed<TokenResponse>>map(Committed.Refused::new)
                .orElseGet(() -> issue(row, audience, binding, identified));
    }

    /** A look at the code before anything costly. */
    @Transactional
    public Optional<Redeemable> preview(Form form, RegisteredClient client, Binding binding) {
        return codes.find(new Handle(form.require("code")))
                .filter(row -> row.clientId.equals(client.id().value()))
                .filter(row -> mismatch(row, form, binding).isEmpty())
                .filter(row -> row.redeemedAt == null || retry.isOne(row, binding))
                .map(row -> new Redeemable(row, client.signIn().isLogin() && !isOfNothing(row)));
    }

    /** Whether all was declined, so that there is nothing to release. */
    private boolean isOfNothing(CodeRow row) {
        return consents.find(new GrantId(row.grantId))
                .filter(consent -> consent instanceof Consent.Given given
                        && given.granted().isEmpty())
                .isPresent();
    }

    private Optional<Fault> mismatch(CodeRow row, Form form, Binding binding) {
        if (codes.hasExpired(row)) {
            return Optional.of(Fault.of(FaultCode.INVALID_CODE, "A code lives for a minute at most.")
                    .expecting("within " + settings.codeLifetime().toSeconds() + " s", "expired " + row.expiresAt));
        }
        if (!row.redirectUri.equals(form.get("redirect_uri").orElse(""))) { // RFC 6749 §4.1.3
            return Optional.of(Fault.of(FaultCode.REDIRECT_URI_MISMATCH, "Send the redirect_uri of the pushed request.")
                    .expecting(row.redirectUri, form.get("redirect_uri").orElse(null)));
        }
        if (!answersChallenge(row, form)) {
            return Optional.of(Fault.of(FaultCode.INVALID_CODE_VERIFIER, "Send the verifier of the pushed challenge.")
                    .expecting("the code_verifier whose SHA-256 is the code_challenge", null));
        }
        // RFC 9449 §10: a code that the pushed request bound to a key is redeemed with a proof by that key.
        if (row.dpopJkt != null && !binding.equals(new Binding.Dpop(row.dpopJkt))) {
            return Optional.of(Fault.of(FaultCode.DPOP_KEY_MISMATCH, "The request was pushed with another key.")
                    .expecting(new Binding.Dpop(row.dpopJkt).toString(), binding.toString()));
        }
        return Optional.empty();
    }

    /**
     * RFC 7636 §4.1, §4.6. A verifier that is missing (RFC 7636 §4.5) or malformed answers nothing, so that a stolen code is of
     * no use in another visit (RFC 9700 §4.5).
     */
    private static boolean answersChallenge(CodeRow row, Form form) {
        try {
            return form.get("code_verifier")
                    .map(CodeVerifier::new)
                    .map(verifier -> CodeChallenge.compute(CodeChallengeMethod.S256, verifier))
                    .filter(challenge -> challenge.getValue().equals(row.codeChallenge))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Commit point. Before it, the code is as good as it was, and nothing is recorded. After it, the code is used, the token
     * is good, and what the ID token says of the person is in the ledger. Of a retry as well: what was issued before is revoked
     * by the same commit, and its ID token, which is made of facts that were fetched anew, is a release of its own.
     */
    private Committed<TokenResponse> issue(
            CodeRow row, IdTokens.Audience audience, Binding binding, Optional<Redeemer.Identified> identified) {
        RegisteredClient client = audience.client();
        Optional<Consent> consent = consents.find(new GrantId(row.grantId));
        if (!(consent.orElse(null) instanceof Consent.Standing granted)
                || !granted.terms().clientId().equals(client.id())
                || codes.isPast(granted.expiresAt())) {
            return identified.isPresent() ? new Committed.Changed<>() : new Committed.Refused<>(ended());
        }
        if (client.signIn().isLogin() && !granted.granted().isEmpty() && identified.isEmpty()) {
            return new Committed.Changed<>();
        }
        Use use = identified.map(one -> one.recording().record()).orElseGet(Use.Permitted::new);
        return Committed.of(use, () -> response(row, audience, binding, new Issued(granted, identified)));
    }

    /** What tokens are issued on. Does not print. */
    private record Issued(Consent.Standing granted, Optional<Redeemer.Identified> identified) {

        @Override
        public String toString() {
            return "Issued[redacted]";
        }
    }

    private TokenResponse response(CodeRow row, IdTokens.Audience audience, Binding binding, Issued on) {
        RegisteredClient client = audience.client();
        Consent.Standing granted = on.granted();
        Optional<Redeemer.Identified> identified = on.identified();
        if (row.redeemedAt != null) {
            families.replace(row.family());
        }
        codes.redeem(row, granted.usage().releases() + (identified.isPresent() ? 1 : 0));
        Optional<Handle> refresh = refreshment.begin(row, client, granted);
        IssuedToken token = tokens.issue(AccessTokens.Basis.of(row.family(), refresh), binding);
        return TokenResponse.of(
                token,
                scope(row, client, granted),
                identified.map(Redeemer.Identified::idToken).or(() -> idTokens.issue(row, audience)),
                refresh,
                Optional.of(new GrantId(row.grantId)));
    }

    /** Whatever has ended it, there is nothing left for a token to lead to. */
    static Fault ended() {
        return Fault.of(FaultCode.INVALID_CODE, "The consent behind this code has ended.");
    }

    /**
     * What was granted and no more (FAPI 2.0 §5.3.2.1-14), in the words of the request: what a protocol scope stands for is not
     * named beside it.
     */
    private static String scope(CodeRow row, RegisteredClient client, Consent.Standing granted) {
        return Stream.concat(
                        Arrays.stream(row.protocolScope),
                        granted.granted().stream()
                                .filter(name -> Arrays.stream(row.protocolScope)
                                        .noneMatch(scope ->
                                                client.attributesOf(scope).contains(name)))
                                .map(Object::toString))
                .collect(Collectors.joining(" "));
    }
}
