package io.consentry.token;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.key.SealedRow;
import io.consentry.key.Unsealed;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/** Written once and sealed; one that is revoked loses its row, and is remembered as revoked. */
@Entity
@Table(name = "refresh_token")
class RefreshTokenRow extends SealedRow {

    @Id
    @Column(name = "token_hash")
    byte[] tokenHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    /** The code that it goes back to. */
    @Column(name = "code_hash")
    byte[] codeHash;

    @Column(name = "protocol_scope")
    String[] protocolScope;

    @Column(name = "created_at")
    Instant createdAt;

    @Unsealed("says when the sweeper looks at it, and opens nothing")
    @Column(name = "look_at", insertable = false, updatable = false)
    Instant lookAt;

    /** More than none when it was revoked, or its code was used twice: a row that is there all the same was put back. */
    @Formula("(select count(*) from revoked_token r where r.hash in (token_hash, code_hash))")
    long revoked;

    RefreshToken token() {
        var family = new TokenFamily(new ClientId(clientId), new GrantId(grantId), codeHash);
        return new RefreshToken(family, tokenHash, List.of(protocolScope));
    }
}
