package io.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** Pins the bytes that commitments cover: whoever verifies an old entry must come to the same ones. */
class CommitmentTest {

    private static final byte[] OPENING =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final LedgerEvent EVENT = new LedgerEvent(
            UUID.fromString("0b1f6d2e-6f43-4f0c-9a55-2f1d9c1f7a10"),
            EventKind.RELEASED,
            Instant.parse("2026-11-22T08:00:00.123456Z"),
            GrantId.parse("5d3b4a7e-90a1-4a7f-8f0e-3f2f0f6f1c22"),
            3,
            new ClientId("bank"),
            Actor.CLIENT,
            Optional.empty(),
            new TreeMap<>(Map.of(new AttributeName("name"), "released", new AttributeName("noa"), "source_timeout")));

    private static final String CANONICAL = "{\"actor\":\"client\",\"at\":\"2026-11-22T08:00:00.123Z\","
            + "\"attributes\":{\"name\":\"released\",\"noa\":\"source_timeout\"},\"client_id\":\"bank\","
            + "\"event\":\"released\",\"grant_id\":\"5d3b4a7e-90a1-4a7f-8f0e-3f2f0f6f1c22\",\"grant_version\":3,"
            + "\"record_id\":\"0b1f6d2e-6f43-4f0c-9a55-2f1d9c1f7a10\",\"v\":1}";

    @Test
    void theCanonicalFormOfAnEventNeverChanges() {
        assertThat(new String(EventForm.canonical(EVENT, OptionalLong.empty()), StandardCharsets.UTF_8))
                .isEqualTo(CANONICAL);
        assertThat(new String(EventForm.canonical(EVENT, OptionalLong.of(41)), StandardCharsets.UTF_8))
                .isEqualTo(CANONICAL.replace("\"at\"", "\"after\":41,\"at\""));
    }

    /** RFC 8785, as its own author's program reads it. */
    @Test
    void theCanonicalFormIsThatOfTheStandard() throws IOException {
        var random = new Random(8785);
        for (int i = 0; i < 2000; i++) {
            LedgerEvent event = event(random);
            var after = random.nextBoolean() ? OptionalLong.of(random.nextInt()) : OptionalLong.empty();
            byte[] canonical = EventForm.canonical(event, after);

            assertThat(canonical).isEqualTo(new JsonCanonicalizer(canonical).getEncodedUTF8());
            assertThat(EventForm.parse(canonical)).isEqualTo(new EventForm.Stated(event, after));
        }
    }

    private static LedgerEvent event(Random random) {
        var outcomes = new TreeMap<AttributeName, String>();
        for (int i = random.nextInt(6); i > 0; i--) {
            outcomes.put(new AttributeName(Integer.toString(random.nextInt(100000), 36)), text(random));
        }
        return new LedgerEvent(
                new UUID(random.nextLong(), random.nextLong()),
                EventKind.values()[random.nextInt(EventKind.values().length)],
                Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                new GrantId(UUID.randomUUID()),
                random.nextInt(Integer.MAX_VALUE),
                new ClientId("bank-" + random.nextInt(1000)),
                Actor.values()[random.nextInt(Actor.values().length)],
                random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
                outcomes);
    }

    /** More than an event ever holds: control characters, quotes, letters of other scripts, pairs of surrogates. */
    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0x11000)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .map(point -> random.nextInt(4) == 0 ? point % 0x80 : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void anEventReadsBackAsItWasWritten() {
        var after = OptionalLong.of(41);

        assertThat(EventForm.parse(EventForm.canonical(EVENT, after))).isEqualTo(new EventForm.Stated(EVENT, after));
    }

    @Test
    void anEntryIsAVersionByteAndAKeyedHash() {
        Commitment commitment = Commitment.to(CANONICAL.getBytes(StandardCharsets.UTF_8), OPENING);

        assertThat(HexFormat.of().formatHex(commitment.entry()))
                .isEqualTo("01f19f6f85e8752b5b02f184ae36422bde313d711ec8f4dd5f714d211b134636e8");
        assertThat(HexFormat.of().formatHex(commitment.leafHash()))
                .isEqualTo("2a3c59cc93f333ffb7fcf6c5fd20ac0422a31aaa7343f86d72a8b2180cb84eb1");
    }

    @Test
    void anotherEventOrAnotherOpeningIsNotCovered() {
        byte[] canonical = EventForm.canonical(EVENT, OptionalLong.empty());
        Commitment commitment = Commitment.to(canonical, OPENING);
        byte[] otherOpening = OPENING.clone();
        otherOpening[31] ^= 1;
        byte[] otherEvent = canonical.clone();
        otherEvent[10] ^= 1;

        assertThat(commitment.covers(canonical, OPENING)).isTrue();
        assertThat(commitment.covers(canonical, otherOpening)).isFalse();
        assertThat(commitment.covers(otherEvent, OPENING)).isFalse();
    }

    @Test
    void twoOpeningsAreNeverTheSame() {
        assertThat(Arrays.equals(Commitment.newOpening(), Commitment.newOpening()))
                .isFalse();
    }
}
