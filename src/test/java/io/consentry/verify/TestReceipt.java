package io.consentry.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.consentry.tlog.Hash;
import io.consentry.tlog.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receipt for an entry of a log of our own, made from the definition and not with the program. */
public final class TestReceipt {

    /** In RFC 8785 form already: sorted, without spaces, in UTF-8. */
    static final String EVENT =
            "{\"actor\":\"person\",\"at\":\"2026-11-29T11:59:58Z\",\"attributes\":{\"name\":\"released\","
                    + "\"uinfin\":\"released\"},\"client_id\":\"kopi-rental\",\"event\":\"released\","
                    + "\"grant_id\":\"b6c1f1de-4f6e-4a57-8f0f-3a111c7a2f0e\",\"grant_version\":5,"
                    + "\"reason\":\"caf\u00e9 \\n \ud83c\uddf8\",\"record_id\":\"01a2b3c4-0000-7000-8000-000000000001\",\"v\":1}";

    static final long BY = 1_795_953_600L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] OPENING = new byte[32];
    private static final ECKey KEY = key();

    static {
        Arrays.fill(OPENING, (byte) 0xA7);
    }

    private TestReceipt() {}

    /**
     * Writes what somebody would hold: {@code promised.json}, {@code included.json}, {@code witnessed.json}, the log's {@code policy}
     * and the {@code witnessed-policy}, the service's {@code keys}, and the log itself under {@code log}.
     */
    public static void write(Path folder) {
        TestLog log = log(folder.resolve("log"), 700, 300);
        put(log, "policy", log.policy());
        put(log, "witnessed-policy", log.witnessedPolicy());
        put(log, "keys", keys());
        put(log, "promised.json", promised().toString());
        put(
                log,
                "included.json",
                included(log, 300, 700, log.classic, log.quantum).toString());
        put(
                log,
                "witnessed.json",
                included(log, 300, 700, log.classic, log.quantum, log.witness).toString());
    }

    private static void put(TestLog log, String name, String text) {
        log.put("../" + name, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] entry() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(OPENING, "HmacSHA256"));
            byte[] entry = new byte[33];
            entry[0] = 1;
            System.arraycopy(mac.doFinal(EVENT.getBytes(StandardCharsets.UTF_8)), 0, entry, 1, 32);
            return entry;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A log that has the entry at an index. */
    static TestLog log(Path folder, long size, long index) {
        return new TestLog(folder).write(size, i -> i == index ? entry() : TestLog.entry(i));
    }

    static ObjectNode promised() {
        try {
            ObjectNode receipt = JSON.createObjectNode()
                    .put("receipt", "consentry.receipt/v1")
                    .put("state", "promised");
            receipt.set("event", JSON.readTree(EVENT));
            receipt.put("opening", Base64.getEncoder().encodeToString(OPENING))
                    .put("leaf_hash", Hash.ofLeaf(entry()).toString());
            receipt.putObject("log").put("origin", TestLog.ORIGIN).put("number", 0);
            receipt.put("promise", promise(TestLog.ORIGIN, Hash.ofLeaf(entry()).toString()));
            receipt.putObject("record").put("@context", "https://consentry.test/27560");
            receipt.putObject("count").put("number", 3).put("of", 7);
            return receipt;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode included(TestLog log, long index, long size, NoteSigner... signers) {
        return promised()
                .put("state", signers.length > 2 ? "witnessed" : "included")
                .put("proof", log.proof(index, size, signers));
    }

    static String promise(String origin, String leaf) {
        try {
            var jws = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID("k1")
                            .type(new JOSEObjectType("consentry-promise+jwt"))
                            .build(),
                    new Payload(Map.<String, Object>of("origin", origin, "leaf_hash", leaf, "promised_by", BY)));
            jws.sign(new ECDSASigner(KEY));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String keys() {
        return new JWKSet(KEY.toPublicJWK()).toString();
    }

    static byte[] bytes(ObjectNode receipt) {
        return receipt.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
