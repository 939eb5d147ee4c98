package io.consentry.token;

import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** What becomes of the tokens of a code when the code comes again. In the transaction that holds the code's lock. */
@ApplicationScoped
public class TokenFamilies {

    private final StatelessSession session;
    private final RowSeals seals;
    private final RevokedTokens revoked;

    TokenFamilies(StatelessSession session, RowSeals seals, RevokedTokens revoked) {
        this.session = session;
        this.seals = seals;
        this.revoked = revoked;
    }

    /** Revokes all tokens that a code gave, or will, and a refresh token of it: it was used twice (RFC 6749 §4.1.2). */
    @Transactional(Transactional.TxType.MANDATORY)
    public void revoke(TokenFamily family) {
        forgetRefreshTokens(family);
        revoked.addForEver(family.codeHash(), family.grant().log().column());
    }

    /** Those that are there: one that its client revokes at the same moment may be gone. */
    private void forgetRefreshTokens(TokenFamily family) {
        session.createMutationQuery("delete from RefreshTokenRow where grantId = :grant and codeHash = :code")
                .setParameter("grant", family.grant().value())
                .setParameter("code", family.codeHash())
                .executeUpdate();
    }

    /** Revokes what a code has led to so far, and not what it leads to next. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void replace(TokenFamily family) {
        of(family, RefreshTokenRow.class).getResultList().forEach(row -> revoked.addForEver(row.tokenHash, row.log));
        forgetRefreshTokens(family);
        good(family).forEach(row -> revoked.add(row.tokenHash, row.log, row.expiresAt));
    }

    /** Whether all that a code leads to is one token, of this binding, as it was issued: neither revoked, nor was another got from it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean isOneToken(TokenFamily family, Binding binding) {
        List<AccessTokenRow> rows = good(family);
        return rows.size() == 1 && rows.getFirst().binding().equals(binding);
    }

    private List<AccessTokenRow> good(TokenFamily family) {
        return of(family, AccessTokenRow.class).getResultList().stream()
                .filter(row -> seals.isSound(row) && row.revoked == 0)
                .toList();
    }

    private <R> SelectionQuery<R> of(TokenFamily family, Class<R> rows) {
        return session.createSelectionQuery(
                        "from " + rows.getSimpleName() + " where grantId = :grant and codeHash = :code", rows)
                .setParameter("grant", family.grant().value())
                .setParameter("code", family.codeHash());
    }
}
