package io.consentry.resident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The digest of the words on a consent page, which a decision keeps. It follows from language, client, template and attributes
 * alone, so whoever has the program of that day can compute it again. No value, and nothing else about the person, goes into it.
 */
@ApplicationScoped
class ShownWords {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Promises promises;
    private final Catalogue catalogue;
    private final ConsentMessages messages;
    private final Locale locale = Locale.ENGLISH;

    ShownWords(Promises promises, Catalogue catalogue, ConsentMessages messages) {
        this.promises = promises;
        this.catalogue = catalogue;
        this.messages = messages;
    }

    Shown of(RegisteredClient client, Terms terms) {
        return new Shown(locale.toLanguageTag(), digest(words(client, terms)));
    }

    private ObjectNode words(RegisteredClient client, Terms terms) {
        Promise promise = promises.of(terms.purpose());
        ObjectNode words = JSON.createObjectNode()
                .put("language", locale.toLanguageTag())
                .put("template", terms.purpose().toString())
                .put("client", client.name())
                .put("legal_name", client.legalName())
                .put("client_id", client.id().value())
                .put("asks", messages.asks())
                .put("purpose", promise.purpose())
                .put(messages.access(), promise.access())
                .put(messages.often(), promise.often())
                .put(messages.farLabel(), promise.howFar())
                .put(messages.storage(), promise.storage())
                .put(messages.deletion(), promise.deletion());
        words.putArray("promises")
                .add(messages.nobodyElse())
                .add(messages.noPassword())
                .add(messages.withdraw());
        ArrayNode asked = words.putArray("asked");
        for (AttributeName name : catalogue.inOrder(terms.requested())) {
            Attribute attribute = catalogue.find(name).orElseThrow();
            asked.addArray()
                    .add(terms.optional().contains(name) ? messages.optional() : messages.required())
                    .add(attribute.groupLabel(locale))
                    .add(attribute.label(locale))
                    .add(attribute.source().shortName());
        }
        return words;
    }

    private static String digest(ObjectNode words) {
        try {
            byte[] text = JSON.writeValueAsString(words).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("words are JSON, and SHA-256 is part of the JDK", e);
        }
    }
}
