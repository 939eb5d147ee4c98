package io.consentry.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnforcementTest {

    private final ClauseCitations citations = new ClauseCitations(new TreeMap<>());

    @Test
    void everyClauseIsCitedBesideTheCodeThatEnforcesIt() throws IOException {
        assertThat(Enforcement.ofTheProject().violations()).isEmpty();
    }

    @Test
    void everyClauseThatNobodyCitesIsFound() {
        IdList listed = IdList.parse(List.of(
                "RFC7009-2.1 — is cited",
                "RFC7009-2.1-AGAIN — is the same clause",
                "RFC7009-2 — is not",
                "FAPI2-SP-5.3.2.1-8 — is not",
                "RFC6749-2.3 — is a gap",
                "OIDC-CORE-5.3.1 — is a library's",
                "OIDC-CORE-3.1.2.1-PROMPT — is cited by now",
                "CX-1 — is no clause"));
        IdList gaps = IdList.parse(List.of("RFC6749-2.3 — some day"));
        IdList elsewhere = IdList.parse(List.of(
                "OIDC-CORE-5.3.1 — the library",
                "OIDC-CORE-3.1.2.1-PROMPT — the library",
                "CX-1 — the library",
                "RFC9449-8 — the library"));
        citations.read("Revocation", "/** RFC 7009 §2.1, FAPI 2.0 §5.3.2.1 */");
        citations.read("SignIn", "// OpenID Connect Core §3.1.2.1");

        List<String> violations = new Enforcement(listed, gaps, elsewhere, citations).violations();

        assertThat(violations)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("RFC7009-2 is cited by no main source"),
                        one -> assertThat(one).startsWith("FAPI2-SP-5.3.2.1-8 is cited by no main source"),
                        one -> assertThat(one).startsWith("OIDC-CORE-3.1.2.1-PROMPT is cited by SignIn: take it out"),
                        one -> assertThat(one).isEqualTo("CX-1 is enforced elsewhere and no clause that is listed"),
                        one -> assertThat(one)
                                .isEqualTo("RFC9449-8 is enforced elsewhere and no clause that is listed"));
    }

    @Test
    void aCitationIsReadOverTheLinesOfACommentAndForEachOfItsSections() {
        citations.read("Java", """
                /**
                 * As it has to be (FAPI
                 * 2.0 §5.3.2.2-10 and §5.3.2.2-11, RFC 8725
                 * §3.11, §3.12).
                 */
                """);
        citations.read("Sql", "-- OpenID Connect Core 1.0\n-- §5.5.1.1. And of §5.5 nothing.");
        citations.read("Words", "// OpenID Connect Discovery wants it in §4, RFC 8414 §3.");

        assertThat(citations.places())
                .containsOnlyKeys(
                        "FAPI2-SP-5.3.2.2-10",
                        "FAPI2-SP-5.3.2.2-11",
                        "RFC8725-3.11",
                        "RFC8725-3.12",
                        "OIDC-CORE-5.5.1.1",
                        "RFC8414-3");
        assertThat(citations.of("RFC8725-3.12")).isEqualTo(Set.of("Java"));
    }

    @Test
    void anIdOfAStandardNamesASection() {
        assertThat(ClauseCitations.clause("FAPI2-AM-A1-SESSION")).isEmpty();
        assertThat(ClauseCitations.clause("RFC7591-2-GRANT-TYPES")).hasValue("RFC7591-2");
        assertThatThrownBy(() -> ClauseCitations.clause("RFC7591-GRANT-TYPES")).hasMessageContaining("no section");
    }
}
