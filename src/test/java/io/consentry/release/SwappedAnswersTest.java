package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.text.ParseException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that reaches the wrong client, or was changed on its way, is found out by whoever verifies it. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class SwappedAnswersTest {

    @Test
    @Requirement("SEC-P16")
    void aRecordSealedForOneClientIsClosedToAnother() throws Exception {
        TestClient bank = TestClient.ready("harbour-bank");
        JWEObject meantForKopi = JWEObject.parse(sealed("kopi-rental"));

        var recipient = meantForKopi.getHeader().getKeyID();

        assertThat(bank.keys().getKeyByKeyId(recipient)).isNull();
        var ownKey = bank.keys().getKeys().stream()
                .filter(key -> "enc".equals(String.valueOf(key.getKeyUse())))
                .findFirst()
                .orElseThrow()
                .toECKey();
        assertThatThrownBy(() -> meantForKopi.decrypt(new ECDHDecrypter(ownKey)))
                .isInstanceOf(JOSEException.class);
    }

    @Test
    @Requirement("SEC-P16")
    @Requirement("OIDC-CORE-5.3.2")
    void aSignedRecordNamesItsClientAndItsIssuer() throws Exception {
        String record = sealed("orchard-finance");

        assertThat(isFor("orchard-finance", record)).isTrue();
        assertThat(isFor("plain-lender", record)).isFalse();
    }

    @Test
    @Requirement("SEC-P16")
    @Requirement("OIDC-CORE-5.3.2")
    void aRecordThatWasChangedOnItsWayIsFoundOut() throws Exception {
        JWSObject signed = JWSObject.parse(sealed("orchard-finance"));
        String payload = signed.getPayload().toString();
        String forClient = payload.replace("orchard-finance", "plain-lender");
        assertThat(forClient).isNotEqualTo(payload);

        String forged =
                signed.getHeader().toBase64URL() + "." + Base64URL.encode(forClient) + "." + signed.getSignature();

        assertThat(isFor("plain-lender", forged)).isFalse();
    }

    private static String sealed(String client) {
        return TestClient.ready(client)
                .flow()
                .asking("openid name")
                .untilToken(ClientFlow.COMPLETE)
                .userinfo()
                .send()
                .is(200)
                .body();
    }

    private static boolean isFor(String client, String record) throws ParseException, JOSEException {
        var published = JWKSet.parse(Call.to("GET", "/.well-known/keys").send().body());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(published)));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                client,
                new JWTClaimsSet.Builder().issuer(Service.issuer()).build(),
                Set.of("sub", "iat", "person_info")));
        try {
            processor.process(record, null);
            return true;
        } catch (BadJOSEException e) {
            return false;
        }
    }
}
