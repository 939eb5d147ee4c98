package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.GrantId;
import io.consentry.release.SubjectAttributes;
import io.consentry.token.Binding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Redeems codes. The key to which an ID token is encrypted is looked up first; for a login client, what its ID token says of the person is fetched and sealed first; then one transaction
 * decides on the code and records the release ({@link Redemption}); then the tokens leave.
 */
@ApplicationScoped
class Redeemer {

    private static final int ATTEMPTS = 3;

    private final Redemption redemption;
    private final SubjectAttributes attributes;
    private final IdTokens idTokens;

    Redeemer(Redemption redemption, SubjectAttributes attributes, IdTokens idTokens) {
        this.redemption = redemption;
        this.attributes = attributes;
        this.idTokens = idTokens;
    }

    /** An ID token with facts about a person, sealed, to leave once they are recorded. Does not print. */
    record Identified(String idToken, SubjectAttributes.Prepared facts) {

        @Override
        public String toString() {
            return "Identified[redacted]";
        }
    }

    Redemption.Result redeem(Form form, RegisteredClient client, Binding binding) {
        IdTokens.Audience audience = audience(form, client, binding);
        Redemption.Result result = attempt(form, audience, binding);
        for (int more = 1; more < ATTEMPTS && result instanceof Redemption.Changed; more++) {
            result = attempt(form, audience, binding);
        }
        return result;
    }

    /** A code that will be refused, or gives no ID token, needs no key. */
    private IdTokens.Audience audience(Form form, RegisteredClient client, Binding binding) {
        boolean asksForKey = client.idToken().isEncrypted()
                && redemption
                        .preview(form, client, binding)
                        .filter(IdTokens::isFor)
                        .isPresent();
        return asksForKey ? idTokens.audience(client) : IdTokens.Audience.withoutKey(client);
    }

    private Redemption.Result attempt(Form form, IdTokens.Audience audience, Binding binding) {
        Optional<Identified> identified = identify(form, audience, binding);
        Redemption.Result result = redemption.redeem(form, audience, binding, identified);
        if (result instanceof Redemption.Redeemed) {
            identified.ifPresent(one -> one.facts().begin());
        }
        return result;
    }

    /** Empty where the ID token holds no facts, and for a code that will be refused: for that no source is asked. */
    private Optional<Identified> identify(Form form, IdTokens.Audience audience, Binding binding) {
        RegisteredClient client = audience.client();
        if (!client.signIn().isLogin()) {
            return Optional.empty();
        }
        return redemption
                .preview(form, client, binding)
                .flatMap(code -> attributes
                        .prepare(new GrantId(code.grantId), client)
                        .flatMap(facts -> idTokens.issue(code, audience, facts.claims())
                                .map(token -> new Identified(token, facts))));
    }
}
