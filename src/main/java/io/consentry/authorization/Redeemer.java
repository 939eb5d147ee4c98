package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.release.Committed;
import io.consentry.release.LoginFacts;
import io.consentry.release.ReleaseResult;
import io.consentry.token.Binding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Redeems codes. The key to which an ID token is encrypted is looked up first; for a login client, what its ID token says of the
 * person is released with it ({@link LoginFacts}): fetched and sealed first; then one transaction decides on the code and
 * records the release ({@link Redemption}); then the tokens leave.
 */
@ApplicationScoped
class Redeemer {

    private final Redemption redemption;
    private final LoginFacts facts;
    private final IdTokens idTokens;

    Redeemer(Redemption redemption, LoginFacts facts, IdTokens idTokens) {
        this.redemption = redemption;
        this.facts = facts;
        this.idTokens = idTokens;
    }

    /** An ID token with facts about a person, sealed, to leave once they are recorded. Does not print. */
    record Identified(String idToken, LoginFacts.Recording recording) {

        @Override
        public String toString() {
            return "Identified[redacted]";
        }
    }

    /** For a code that will be refused no key is looked up and no source asked. */
    ReleaseResult<TokenResponse> redeem(Form form, RegisteredClient client, Binding binding) {
        boolean plain = !client.idToken().isEncrypted() && !client.signIn().isLogin();
        Optional<Redemption.Redeemable> good = plain ? Optional.empty() : redemption.preview(form, client, binding);
        IdTokens.Audience audience = good.map(Redemption.Redeemable::code)
                .filter(code -> client.idToken().isEncrypted() && IdTokens.isFor(code))
                .map(code -> idTokens.audience(client))
                .orElseGet(() -> IdTokens.Audience.withoutKey(client));
        return good.filter(Redemption.Redeemable::identifies)
                .map(code -> identified(code.code(), form, audience, binding))
                .orElseGet(() -> result(redemption.redeem(form, audience, binding, Optional.empty())));
    }

    private ReleaseResult<TokenResponse> identified(
            CodeRow code, Form form, IdTokens.Audience audience, Binding binding) {
        return facts.release(new GrantId(code.grantId), audience.client(), (claims, recording) -> {
            Optional<Identified> identified =
                    idTokens.issue(code, audience, claims).map(token -> new Identified(token, recording));
            return redemption.redeem(form, audience, binding, identified);
        });
    }

    private static ReleaseResult<TokenResponse> result(Committed<TokenResponse> withoutFacts) {
        return switch (withoutFacts) {
            case Committed.Done<TokenResponse>(TokenResponse answer) -> new ReleaseResult.Released<>(answer);
            case Committed.Refused<TokenResponse>(Fault why) -> new ReleaseResult.Refused<>(why);
            case Committed.Changed<TokenResponse> other -> changing();
            case Committed.TooOften<TokenResponse> other -> changing();
        };
    }

    private static ReleaseResult<TokenResponse> changing() {
        return new ReleaseResult.Refused<>(
                Fault.of(FaultCode.TEMPORARILY_UNAVAILABLE, "The grant keeps changing. Please try again."));
    }
}
