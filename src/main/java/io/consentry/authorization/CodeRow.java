package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.key.SealedRow;
import io.consentry.token.TokenFamily;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "authorization_code")
class CodeRow extends SealedRow {

    @Id
    @Column(name = "code_hash")
    byte[] codeHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "protocol_scope")
    String[] protocolScope;

    @Column(name = "redirect_uri")
    String redirectUri;

    @Column
    @Nullable String nonce;

    @Column(name = "code_challenge")
    String codeChallenge;

    @Column(name = "dpop_jkt")
    @Nullable String dpopJkt;

    @Column
    String method;

    @Column
    short assurance;

    @Column
    @Nullable String acr;

    @Column(name = "auth_time")
    Instant authTime;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "redeemed_at")
    @Nullable Instant redeemedAt;

    /** How often it was answered again since. */
    @Column
    short retries;

    /** How often its grant had been used when it was last answered. */
    @Column(name = "releases_then")
    @Nullable Long releasesThen;

    /** When this was read. */
    @Formula("service_time()")
    Instant readAt;

    /** Access tokens that go back to it. */
    @Formula("tokens_of_code(grant_id, code_hash)")
    long tokens;

    /** The tokens that go back to it. */
    TokenFamily family() {
        return new TokenFamily(new ClientId(clientId), new GrantId(grantId), codeHash);
    }

    /** Whether it says of itself that nobody has redeemed it, while there is a token that somebody got for it. */
    boolean isPutBack() {
        return redeemedAt == null && tokens > 0;
    }
}
