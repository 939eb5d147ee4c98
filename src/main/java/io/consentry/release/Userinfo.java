package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.ledger.Draft;
import io.consentry.token.AccessTokens;
import io.consentry.token.PresentedToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The release that an answer of the data API is: to whoever proves to hold an access token, protected as they registered. */
@ApplicationScoped
class Userinfo {

    private final AccessTokens tokens;
    private final Release release;
    private final Seal seal;
    private final ReleaseEntries entries;
    private final ReleaseCommit commit;

    Userinfo(AccessTokens tokens, Release release, Seal seal, ReleaseEntries entries, ReleaseCommit commit) {
        this.tokens = tokens;
        this.release = release;
        this.seal = seal;
        this.entries = entries;
        this.commit = commit;
    }

    /** How a request to the data API presents itself. Does not print. */
    record Credentials(String method, List<String> authorization, List<String> proofs) {

        @Override
        public String toString() {
            return "Credentials[redacted]";
        }
    }

    ReleaseResult<SealedAnswer> answer(Credentials request) {
        PresentedToken token = tokens.present(request.method(), "/userinfo", request.authorization(), request.proofs());
        var recipient = new Recipient(token.grantId(), token.client(), token.narrowedTo());
        return release.release(recipient, new Sealed(recipient));
    }

    private final class Sealed implements Delivery<SealedAnswer> {

        private final Recipient recipient;

        Sealed(Recipient recipient) {
            this.recipient = recipient;
        }

        @Override
        public Draft entry(Consent.Active consent, PermittedRecord permitted) {
            return entries.released(consent, permitted, recipient.narrowedTo());
        }

        @Override
        public Committed<SealedAnswer> deliver(
                Consent.Active consent, RegisteredClient client, PermittedRecord permitted, Draft entry) {
            SealedAnswer answer = seal.seal(consent, client, permitted, entry);
            return Committed.of(commit.commit(consent, entry), () -> answer);
        }
    }
}
