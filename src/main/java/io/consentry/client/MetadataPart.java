package io.consentry.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.client.RegistrationResult.Refused;
import io.consentry.kernel.ClientId;
import java.util.Optional;

/**
 * Members of client metadata (RFC 7591 §2) that another package understands and keeps. Every bean of this kind is asked at
 * each registration: first all of them whether something is wrong, then all of them to store.
 */
public interface MetadataPart {

    /** What is wrong with its members, if anything is; then nothing of the registration is stored. */
    Optional<Refused> fault(JsonNode metadata);

    /** Takes over what its members say, in the caller's transaction; members that are absent end what was registered. */
    void store(ClientId client, JsonNode metadata);
}
