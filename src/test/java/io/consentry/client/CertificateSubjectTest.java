package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.CertificateSubject.DistinguishedName;
import io.consentry.client.CertificateSubject.DnsName;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestAuthority;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates bear a registered name (RFC 8705 §2.1.2). */
class CertificateSubjectTest {

    private static final X509Certificate BANK = TestAuthority.named("CN=Authority")
            .client("CN=bank, O=Harbour Bank, C=SG", "api.bank.example")
            .certificate();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=bank,O=Harbour Bank,C=SG",
                "CN=bank, O=Harbour  Bank, C=SG",
                "cn=BANK,o=harbour bank,c=sg",
                "2.5.4.3=bank,O=Harbour Bank,C=SG"
            })
    @Requirement("RFC8705-2.1")
    void aNameIsComparedByItsParts(String name) {
        assertThat(new DistinguishedName(name).isOf(BANK)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=bank",
                "C=SG,O=Harbour Bank,CN=bank",
                "CN=bank,O=Harbour Bank,C=SG,L=Singapore",
                "CN=bank2,O=Harbour Bank,C=SG",
                "CN=bank+O=Harbour Bank,C=SG"
            })
    @Requirement("RFC8705-2.1")
    void anotherNameIsNoMatch(String name) {
        assertThat(new DistinguishedName(name).isOf(BANK)).isFalse();
    }

    @Test
    @Requirement("RFC8705-2.1")
    void aHostNameIsLookedForAmongTheAlternativeNamesOnly() {
        assertThat(new DnsName("api.bank.example").isOf(BANK)).isTrue();
        assertThat(new DnsName("API.bank.example").isOf(BANK)).isTrue();
        assertThat(new DnsName("bank.example").isOf(BANK)).isFalse();
        assertThat(new DnsName("bank").isOf(BANK)).isFalse();
        assertThat(new DnsName("bank").isOf(TestAuthority.selfSigned("CN=bank").certificate()))
                .isFalse();
    }
}
