package io.consentry.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.consent.Consents;
import io.consentry.export.ConsentRecords;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.key.Jose;
import io.consentry.ledger.History;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.Openings;
import io.consentry.ledger.Openings.Opening;
import io.consentry.publication.LogProofs;
import io.consentry.publication.LogProofs.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Makes the receipt of an event for its person. Holds names of attributes, never a value. */
@ApplicationScoped
class Receipts {

    /** Says of a JWS that it promises an entry, so that it passes for nothing else (RFC 8725 §3.11). */
    private static final String PROMISE = "consentry-promise+jwt";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Openings openings;
    private final History history;
    private final LogProofs proofs;
    private final Ledger ledger;
    private final Consents consents;
    private final ConsentRecords records;
    private final Jose jose;
    private final ReceiptSettings settings;

    Receipts(
            Openings openings,
            History history,
            LogProofs proofs,
            Ledger ledger,
            Consents consents,
            ConsentRecords records,
            Jose jose,
            ReceiptSettings settings) {
        this.openings = openings;
        this.history = history;
        this.proofs = proofs;
        this.ledger = ledger;
        this.consents = consents;
        this.records = records;
        this.jose = jose;
        this.settings = settings;
    }

    /** Of the how manieth event of a person in a log; empty when they have no such event. */
    Optional<Receipt> of(PersonId person, LogNumber log, long number) {
        return openings.of(person, log, number).map(opening -> receipt(person, log, number, opening));
    }

    private Receipt receipt(PersonId person, LogNumber log, long number, Opening opening) {
        Optional<Proof> proof =
                opening.index().isPresent() ? proofs.of(log, opening.index().getAsLong()) : Optional.empty();
        Base64.Encoder base64 = Base64.getEncoder();
        String leafHash = base64.encodeToString(opening.leafHash());
        return new Receipt(
                Receipt.FORM,
                proof.map(Receipts::state).orElse(Receipt.State.PROMISED),
                json(opening.canonical()),
                base64.encodeToString(opening.opening()),
                leafHash,
                new Receipt.Log(ledger.origin(log), log.value()),
                promise(log, leafHash, opening),
                proof.map(found -> found.proof().format()).orElse(null),
                consents.of(person, opening.event().grantId())
                        .map(held -> records.linked(person, held))
                        .orElse(null),
                new Receipt.Count(number, history.counts(person).getOrDefault(log, number)));
    }

    private static Receipt.State state(Proof proof) {
        return proof.isWitnessed() ? Receipt.State.WITNESSED : Receipt.State.INCLUDED;
    }

    private String promise(LogNumber log, String leafHash, Opening opening) {
        return jose.sign(
                Map.of(
                        "origin",
                        ledger.origin(log),
                        "leaf_hash",
                        leafHash,
                        "promised_by",
                        opening.event().at().plus(settings.promise()).getEpochSecond()),
                PROMISE);
    }

    private static JsonNode json(byte[] canonical) {
        try {
            return JSON.readTree(canonical);
        } catch (IOException e) {
            throw new UncheckedIOException("an event that was recorded is not JSON", e);
        }
    }
}
