#!/usr/bin/env bash
# Nimbus JOSE+JWT: half a surrogate pair in a claim is signed as a question mark, without an error.
#
# Expected: a claims set read from the JSON text {"name":"ABC\ud83dDEF"} (grammatical by RFC 8259 section 8.2, and what is left
#   of a name with an emoji that somebody cut at a length) is either signed as it is, with the escape kept, or refused: whoever
#   signs a statement expects to have signed that statement.
# Seen: JWTClaimsSet.parse takes the text and getStringClaim gives the half back; sign and serialize succeed; the token verifies,
#   and its claim is ABC?DEF. A value has become another under a valid signature, and nobody was told. (The claims are written as
#   JSON with the half as it is, and then encoded by String.getBytes(UTF_8), which puts a question mark for it.)
# Versions: com.nimbusds:nimbus-jose-jwt 10.10, on JDK 17 and 25.
# Source: com.nimbusds.jose.Payload.toBytes and com.nimbusds.jose.util.StandardCharset in the sources jar of that version.
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

cat >"$folder/HalfSurrogate.java" <<'JAVA'
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

class HalfSurrogate {

    private static final String HALF = "ABC" + (char) 0xD83D + "DEF";
    private static final byte[] KEY = new byte[32];

    public static void main(String[] args) throws Exception {
        JWTClaimsSet claims = JWTClaimsSet.parse("{\"name\":\"ABC\\" + "ud83dDEF\"}");
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(KEY));

        SignedJWT received = SignedJWT.parse(token.serialize());

        boolean kept = claims.getStringClaim("name").equals(HALF);
        boolean verified = received.verify(new MACVerifier(KEY));
        String name = received.getJWTClaimsSet().getStringClaim("name");
        System.out.println("the claim to sign has the half: " + kept);
        System.out.println("the token verifies: " + verified);
        System.out.println("the claim in the token: " + name);
        System.exit(kept && verified && name.equals("ABC?DEF") ? 0 : 1);
    }
}
JAVA

echo "nimbus-jose-jwt $version, $(java -version 2>&1 | head -1)"
if java -cp "$folder/nimbus-jose-jwt-$version.jar" "$folder/HalfSurrogate.java"; then
  echo "As described: half a character was signed as a question mark."
else
  echo "The behaviour has changed." >&2
  exit 1
fi
