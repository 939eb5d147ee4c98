package io.consentry.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as its file has it: what {@code scripts/verify receipt} and the page {@code /ledger/verify} check.
 *
 * @param receipt the form of the file
 * @param event the event; its RFC 8785 form is what the entry commits to
 * @param opening the key of that commitment: 32 bytes in base64, known to the person alone
 * @param leafHash by which the log knows the entry, in base64
 * @param promise a compact JWS: by when the log has the entry
 * @param proof that the log has it (C2SP tlog-proof); absent while no checkpoint covers it
 * @param record the consent in the terms of ISO/IEC TS 27560, as it stands now; absent when the grant is not the person's any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
        String receipt,
        State state,
        JsonNode event,
        String opening,
        @JsonProperty("leaf_hash") String leafHash,
        Log log,
        String promise,
        @Nullable String proof,
        @Nullable JsonNode record,
        Count count) {

    static final String FORM = "consentry.receipt/v1";

    /** How far the entry has come. */
    public enum State {
        /** It is committed, and the log has it soon. */
        @JsonProperty("promised")
        PROMISED,
        /** A signed checkpoint covers it. */
        @JsonProperty("included")
        INCLUDED,
        /** And witnesses have seen that checkpoint. */
        @JsonProperty("witnessed")
        WITNESSED
    }

    /** Which log. */
    public record Log(String origin, int number) {}

    /**
     * Where the event stands among its person's in its log.
     *
     * @param number from 1 on
     * @param of how many there were when the receipt was made
     */
    public record Count(long number, long of) {}
}
