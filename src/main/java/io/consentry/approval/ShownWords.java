package io.consentry.approval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.authorization.AmendmentView;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.wording.Language;
import io.consentry.wording.Promise;
import io.consentry.wording.Promises;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * The digest of the words on a consent page, which a decision keeps. It follows from language, client, template, attributes and
 * what was granted before alone, so whoever has the program of that day can compute it again. No value, and nothing else about
 * the person, goes into it.
 */
@ApplicationScoped
class ShownWords {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Promises promises;
    private final Catalogue catalogue;
    private final Language language;

    ShownWords(Promises promises, Catalogue catalogue, Language language) {
        this.promises = promises;
        this.catalogue = catalogue;
        this.language = language;
    }

    Shown of(RegisteredClient client, Terms terms) {
        return shown(words(client, terms));
    }

    /** Of a page that asks for a change, with what would be different; when access ends is no word but a time, and left out. */
    Shown of(RegisteredClient client, Terms terms, AmendmentView amendment) {
        ConsentMessages messages = messages();
        ObjectNode words = words(client, terms);
        ObjectNode changes = words.putObject(messages.changes());
        changes.set(messages.changesAdded(), labels(amendment.added()));
        changes.set(messages.changesRemoved(), labels(amendment.removed()));
        changes.set(messages.changesKept(), labels(amendment.kept()));
        if (amendment.paused()) {
            changes.put("paused", messages.changesPaused());
        }
        return shown(words);
    }

    private ConsentMessages messages() {
        return language.messages(ConsentMessages.class);
    }

    private Shown shown(ObjectNode words) {
        return Shown.of(language.locale(), words.toString());
    }

    private ArrayNode labels(Set<AttributeName> names) {
        ArrayNode labels = JSON.createArrayNode();
        catalogue
                .inOrder(names)
                .forEach(name -> labels.add(catalogue.find(name).orElseThrow().label(language.locale())));
        return labels;
    }

    private ObjectNode words(RegisteredClient client, Terms terms) {
        ConsentMessages messages = messages();
        Promise promise = this.promises.of(terms.purpose());
        ObjectNode words = JSON.createObjectNode()
                .put("language", language.locale().toLanguageTag())
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
        ArrayNode promises = words.putArray("promises")
                .add(messages.nobodyElse())
                .add(messages.noPassword())
                .add(messages.withdraw());
        if (promise.unusual()) {
            promises.add(messages.oftenUnusual());
        }
        if (promise.periodic()) {
            promises.add(messages.periodic(promise.reminder()));
        }
        ArrayNode asked = words.putArray("asked");
        for (AttributeName name : catalogue.inOrder(terms.requested())) {
            Attribute attribute = catalogue.find(name).orElseThrow();
            asked.addArray()
                    .add(terms.optional().contains(name) ? messages.optional() : messages.required())
                    .add(attribute.groupLabel(language.locale()))
                    .add(attribute.label(language.locale()))
                    .add(attribute.source().shortName());
        }
        return words;
    }
}
