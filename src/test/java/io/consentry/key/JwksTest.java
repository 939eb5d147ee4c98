package io.consentry.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.quarkus.test.junit.QuarkusTest;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published keys: public, and each to be found by its id. */
@QuarkusTest
class JwksTest {

    @Test
    @Requirement("RFC7517-5")
    void onlyPublicKeysWithAnIdArePublished() throws ParseException {
        Answer answer = Call.to("GET", "/.well-known/keys").send().is(200);

        JWKSet keys = JWKSet.parse(answer.body());
        assertThat(keys.getKeys()).isNotEmpty();
        for (JWK key : keys.getKeys()) {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyType()).isEqualTo(KeyType.EC);
            assertThat(key.size()).isGreaterThanOrEqualTo(256);
            assertThat(key.getKeyID()).isNotBlank();
            assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
        }
        assertThat(keys.getKeys()).extracting(JWK::getKeyID).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/jwk-set+json",
                "application/jwk-set+json, application/json"
            })
    void theKeysMayBeKeptForAnHour(String accept) {
        Answer answer = Call.to("GET", "/.well-known/keys")
                .header("Accept", accept)
                .send()
                .is(200);

        assertThat(answer.header("Cache-Control")).hasValue("public, max-age=3600");
    }
}
