#!/usr/bin/env bash
# Amazon Corretto Crypto Provider: an ML-DSA-44 key that it makes under that name does not sign under that name.
#
# Expected: with the provider first in the list, a key that KeyPairGenerator.getInstance("ML-DSA-44") made signs by
#   Signature.getInstance("ML-DSA-44") in the same JVM, as one of Ed25519 does by "Ed25519"; and the JDK's own provider reads its encoding.
# Seen: the provider answers for KeyPairGenerator and KeyFactory by the name of the parameter set, and for Signature by the family's name
#   "ML-DSA" alone; so Signature comes from the JDK's own provider SUN. The two write private keys differently: this one the 32-byte seed
#   (54 bytes of PKCS #8, RFC 9881's choice "seed"), SUN of JDK 25 the expanded key of 2,560 bytes as a plain OCTET STRING, the only form it
#   reads. initSign throws InvalidKeyException ("Cannot parse input"); with getInstance("ML-DSA") the same key signs. A key stored by a JVM
#   with the provider is not read by one without it.
# Versions: software.amazon.cryptools:AmazonCorrettoCryptoProvider 2.5.0 (AWS-LC 1.47.0, linux-x86_64), Temurin JDK 25.0.3.
# Source: the providers' own services and encodings; RFC 9881 §6 for the forms of a private key.
#
# Needs a JDK 25 and Maven, which brings the provider into a folder that is deleted afterwards. Exits with 0 while the behaviour is as
# described, and with 1 when it has changed.
set -euo pipefail

version=2.5.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.cryptools</groupId><artifactId>AmazonCorrettoCryptoProvider</artifactId>
      <version>$version</version><classifier>linux-x86_64</classifier>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dmaven.repo.local="$folder/repository" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder/lib" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }

cat >"$folder/Keys.java" <<'JAVA'
import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

class Keys {

    private interface Act {
        void run() throws GeneralSecurityException;
    }

    private static String outcome(Act act) {
        try {
            act.run();
            return "done";
        } catch (GeneralSecurityException e) {
            return e.getClass().getSimpleName();
        }
    }

    public static void main(String[] args) throws Exception {
        AmazonCorrettoCryptoProvider.install();
        System.out.println("JDK " + System.getProperty("java.version") + ", "
                + AmazonCorrettoCryptoProvider.INSTANCE.getInfo());
        String last = "";
        for (String name : new String[] {"Ed25519", "ML-DSA-44"}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
            KeyPair pair = generator.generateKeyPair();
            byte[] secret = pair.getPrivate().getEncoded();
            byte[] open = pair.getPublic().getEncoded();
            KeyFactory jdk = KeyFactory.getInstance(name, name.equals("Ed25519") ? "SunEC" : "SUN");
            Signature signature = Signature.getInstance(name);
            last = "made by " + generator.getProvider().getName() + ", " + secret.length + " bytes"
                    + "; signs as " + name + ": " + outcome(() -> signature.initSign(pair.getPrivate()))
                    + "; read by the JDK's own: " + outcome(() -> jdk.generatePrivate(new PKCS8EncodedKeySpec(secret)))
                    + "; its public key: " + outcome(() -> jdk.generatePublic(new X509EncodedKeySpec(open)));
            System.out.println(name + ": " + last);
        }
        Signature family = Signature.getInstance("ML-DSA");
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        last += "; signs as ML-DSA: " + outcome(() -> family.initSign(pair.getPrivate()));
        System.out.println(last.substring(last.lastIndexOf("; ") + 2));
        System.exit(last.equals("made by AmazonCorrettoCryptoProvider, 54 bytes; signs as ML-DSA-44: InvalidKeyException"
                + "; read by the JDK's own: InvalidKeySpecException; its public key: done; signs as ML-DSA: done") ? 0 : 1);
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -cp "$folder/lib/*" "$folder/Keys.java"
