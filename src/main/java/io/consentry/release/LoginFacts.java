package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Uses.Use;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.ledger.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The release that an ID token is which says who logged in ({@code sub_attributes}, Singpass): a release like any other, with an
 * entry of its own that says so. What no source gave is absent from the token, with its outcome in the entry.
 */
@ApplicationScoped
public class LoginFacts {

    private final Release release;
    private final ReleaseEntries entries;
    private final ReleaseCommit commit;

    LoginFacts(Release release, ReleaseEntries entries, ReleaseCommit commit) {
        this.release = release;
        this.entries = entries;
        this.commit = commit;
    }

    /** Issues what an ID token with facts is part of. */
    public interface Issue<R> {

        /**
         * Seals the facts, outside any transaction, and then, in one, issues the token together with the record of their release.
         *
         * @param facts the value of {@code sub_attributes}
         */
        Committed<R> with(Map<String, Object> facts, Recording recording);
    }

    /** The record of a release that is about to be made. */
    public interface Recording {

        /** In the caller's transaction: locks the grant, and records the release if the consent is still the same. */
        Use record();
    }

    /** Releases what was granted to a login client, once its token can be issued with it. */
    public <R> ReleaseResult<R> release(GrantId grant, RegisteredClient client, Issue<R> issue) {
        return release.release(new Recipient(grant, client, Optional.empty()), new InIdToken<>(issue));
    }

    private final class InIdToken<R> implements Delivery<R> {

        private final Issue<R> issue;

        InIdToken(Issue<R> issue) {
            this.issue = issue;
        }

        @Override
        public Draft entry(Consent.Active consent, PermittedRecord permitted) {
            return entries.releasedInIdToken(consent, permitted);
        }

        @Override
        public Committed<R> deliver(
                Consent.Active consent, RegisteredClient client, PermittedRecord permitted, Draft entry) {
            return issue.with(claims(permitted), () -> commit.commit(consent, entry));
        }
    }

    /** Singpass' members. Whoever has an NRIC or a FIN, and nobody else signs in here, has a standard account of Singapore's. */
    private static Map<String, Object> claims(PermittedRecord permitted) {
        var claims = new LinkedHashMap<String, Object>();
        value(permitted, "uinfin", "/uinfin/value").ifPresent(number -> {
            claims.put("account_type", "standard");
            claims.put("identity_number", number);
            claims.put("identity_coi", "SG");
        });
        value(permitted, "name", "/name/value").ifPresent(name -> claims.put("name", name));
        value(permitted, "email", "/email/value").ifPresent(address -> claims.put("email", address));
        value(permitted, "mobileno", "/mobileno/nbr/value").ifPresent(number -> claims.put("mobileno", number));
        return claims;
    }

    private static Optional<String> value(PermittedRecord permitted, String attribute, String pointer) {
        return Optional.ofNullable(permitted.outcomes().get(new AttributeName(attribute)))
                .filter(AttributeOutcome.RELEASED::equals)
                .map(released -> permitted.personInfo().at(pointer).asText(""))
                .filter(text -> !text.isEmpty());
    }
}
