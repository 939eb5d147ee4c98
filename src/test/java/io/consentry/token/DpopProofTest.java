package io.consentry.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an {@code htu} is read before it is compared (RFC 9449 §4.3, RFC 3986 §6.2). */
class DpopProofTest {

    @ParameterizedTest
    @CsvSource({
        "https://id.example/fapi/par, https://id.example/fapi/par",
        "HTTPS://ID.Example/fapi/par, https://id.example/fapi/par",
        "https://id.example:443/fapi/par, https://id.example/fapi/par",
        "http://id.example:80/fapi/par, http://id.example/fapi/par",
        "https://id.example/fapi/par?a=b#c, https://id.example/fapi/par",
        "https://id.example/fapi/../fapi/par, https://id.example/fapi/par",
        "https://id.example:8443/fapi/par, https://id.example:8443/fapi/par",
        "https://id.example:80/fapi/par, https://id.example:80/fapi/par",
        "https://id.example/FAPI/par, https://id.example/FAPI/par",
        "https://user@id.example/fapi/par, https://user@id.example/fapi/par",
        "id.example/fapi/par, id.example/fapi/par"
    })
    void itIsComparedInItsNormalForm(String htu, String normal) throws ParseException {
        String header = "eyJhbGciOiJFUzI1NiJ9";
        String claims = Base64URL.encode("{\"htu\":\"" + htu + "\"}").toString();

        DpopProof proof = DpopProof.parse(header + "." + claims + ".AAAA");

        assertThat(proof.getJWTClaimsSet().getClaim("htu")).isEqualTo(normal);
    }
}
