#!/usr/bin/env bash
# Nimbus JOSE+JWT: the key selector for a JWK Set finds no Ed25519 key, though the set's own matcher does.
#
# Expected: JWSVerificationKeySelector, given a JWK Set whose only key is a valid OKP key (RFC 8037, crv Ed25519, the kid of the
#   header) and a header with alg EdDSA, selects that key, as it does for ES256. The JDK has had Ed25519 keys since version 15,
#   and the same set, asked through JWKMatcher.forJWSHeader, does give the key.
# Seen: the selector answers with an empty list, without an error or a log line. A JWT processor built on it says that no key
#   matches, which sends its operator to look for a wrong kid. (OctetKeyPair.toPublicKey throws, and the converter passes over
#   what it cannot convert.)
# Versions: com.nimbusds:nimbus-jose-jwt 10.10, on JDK 17 and 25.
# Source: com.nimbusds.jose.jwk.KeyConverter and OctetKeyPair in the sources jar of that version.
#
# Needs a JDK (17 or newer) and Maven, which brings the library into a folder that is deleted afterwards. Exits with 0 while
# the behaviour is as described, and with 1 when it has changed.
set -euo pipefail

version=10.10
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -q -B -Dmaven.repo.local="$folder/repository" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
  -Dartifact="com.nimbusds:nimbus-jose-jwt:$version" -DoutputDirectory="$folder" >"$folder/log" 2>&1 \
  || { cat "$folder/log" >&2; exit 2; }

cat >"$folder/Selection.java" <<'JAVA'
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.*;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.*;
import com.nimbusds.jose.util.Base64URL;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

class Selection {

    public static void main(String[] args) throws Exception {
        int ec = selected(JWSAlgorithm.ES256, elliptic());
        int ed = selected(JWSAlgorithm.EdDSA, edwards());
        int matched = new JWKSelector(JWKMatcher.forJWSHeader(header(JWSAlgorithm.EdDSA)))
                .select(new JWKSet(edwards())).size();
        System.out.println("ES256 keys selected: " + ec);
        System.out.println("EdDSA keys that the set's matcher finds: " + matched);
        System.out.println("EdDSA keys selected: " + ed);
        System.exit(ec == 1 && matched == 1 && ed == 0 ? 0 : 1);
    }

    static JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("one").build();
    }

    static int selected(JWSAlgorithm algorithm, JWK key) throws Exception {
        var selector = new JWSVerificationKeySelector<SecurityContext>(algorithm, new ImmutableJWKSet<>(new JWKSet(key)));
        return selector.selectJWSKeys(header(algorithm), null).size();
    }

    static JWK elliptic() throws Exception {
        var pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pairs.generateKeyPair().getPublic()).keyID("one").build();
    }

    /** The last 32 bytes of an encoded Ed25519 key are the key itself (RFC 8410 section 4). */
    static JWK edwards() throws Exception {
        byte[] encoded = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key)).keyID("one").build();
    }
}
JAVA

echo "nimbus-jose-jwt $version, $(java -version 2>&1 | head -1)"
if java -cp "$folder/nimbus-jose-jwt-$version.jar" "$folder/Selection.java"; then
  echo "As described: the selector finds no Ed25519 key."
else
  echo "The behaviour has changed." >&2
  exit 1
fi
