package io.consentry.authorization;

import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.kernel.GrantId;
import io.consentry.token.Binding;
import io.consentry.token.TokenFamilies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Tells a token request that comes again because its answer was lost from a code that is used twice.
 *
 * <p>RFC 6749 §4.1.2 and FAPI 2.0 §5.3.2.2-9 want a code refused that was used before, and what it gave revoked, since one of the
 * two may be a thief. A thief of what is sent here would need the client's key, the key of the proof and the code verifier, all
 * three, and is then the client. So an exchange counts as done, and the code as used, once anything it gave was used; until then, the
 * same client with the same key and the same verifier gets fresh tokens within the code's life, a few times, and the first
 * ones are revoked with that.
 */
@ApplicationScoped
class Retry {

    /** More retries than an honest client makes within a minute are none. */
    private static final int MOST = 3;

    private final TokenFamilies tokens;
    private final Consents consents;

    Retry(TokenFamilies tokens, Consents consents) {
        this.tokens = tokens;
        this.consents = consents;
    }

    /**
     * Whether a code that was redeemed may be answered again, to a request that is otherwise as it must be. Its first token was
     * not used: its grant has had no release since, and it is the only one, not revoked, bound to the same key. Should
     * another token of the grant have been used meanwhile, that cannot be told apart, and there is no retry.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean isOne(CodeRow redeemed, Binding binding) {
        return redeemed.retries < MOST
                && redeemed.releasesThen != null
                && redeemed.releasesThen == releases(redeemed)
                && tokens.isOneToken(redeemed.family(), binding);
    }

    private long releases(CodeRow code) {
        return consents.find(new GrantId(code.grantId))
                .filter(Consent.Given.class::isInstance)
                .map(Consent.Given.class::cast)
                .map(given -> given.usage().releases())
                .orElse(-1L);
    }
}
