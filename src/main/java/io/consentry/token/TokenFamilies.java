package io.consentry.token;

import static io.consentry.schema.RefreshTokenTable.REFRESH_TOKEN;

import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;

/** What becomes of the tokens of a code when the code comes again. In the transaction that holds the code's lock. */
@ApplicationScoped
public class TokenFamilies {

    private final StatelessSession session;
    private final DSLContext sql;
    private final RowSeals seals;
    private final RevokedTokens revoked;

    TokenFamilies(StatelessSession session, DSLContext sql, RowSeals seals, RevokedTokens revoked) {
        this.session = session;
        this.sql = sql;
        this.seals = seals;
        this.revoked = revoked;
    }

    /** Revokes all tokens that a code gave, or will, and a refresh token of it: it was used twice (RFC 6749 §4.1.2). */
    @Transactional(Transactional.TxType.MANDATORY)
    public void revoke(TokenFamily family) {
        forgetRefreshTokens(family);
        revoked.addForEver(family.codeHash(), family.grant().log().column());
    }

    /** Those that are there, by their hashes: one that its client revokes at the same moment may be gone. */
    private List<byte[]> forgetRefreshTokens(TokenFamily family) {
        return sql.deleteFrom(REFRESH_TOKEN)
                .where(REFRESH_TOKEN.GRANT_ID.eq(family.grant().value()))
                .and(REFRESH_TOKEN.CODE_HASH.eq(family.codeHash()))
                .returningResult(REFRESH_TOKEN.TOKEN_HASH)
                .fetch(REFRESH_TOKEN.TOKEN_HASH);
    }

    /** Revokes what a code has led to so far, and not what it leads to next. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void replace(TokenFamily family) {
        short log = family.grant().log().column();
        forgetRefreshTokens(family).forEach(hash -> revoked.addForEver(hash, log));
        good(family).forEach(row -> revoked.add(row.tokenHash, row.log, row.expiresAt));
    }

    /** Whether all that a code leads to is one token, of this binding, as it was issued: neither revoked, nor was another got from it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean isOneToken(TokenFamily family, Binding binding) {
        List<AccessTokenRow> rows = good(family);
        return rows.size() == 1 && rows.getFirst().binding().equals(binding);
    }

    private List<AccessTokenRow> good(TokenFamily family) {
        return session
                .createSelectionQuery(
                        "from AccessTokenRow where grantId = :grant and codeHash = :code", AccessTokenRow.class)
                .setParameter("grant", family.grant().value())
                .setParameter("code", family.codeHash())
                .getResultList()
                .stream()
                .filter(row -> seals.isSound(row) && row.revoked == 0)
                .toList();
    }
}
