package io.consentry.resident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.consent.Shown;
import io.consentry.kernel.AttributeName;
import io.consentry.wording.Language;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The digest of the words on the form on which a person takes single facts back of what they granted; no value goes into it. */
@ApplicationScoped
class NarrowingWords {

    private final Catalogue catalogue;
    private final Language language;

    NarrowingWords(Catalogue catalogue, Language language) {
        this.catalogue = catalogue;
        this.language = language;
    }

    Shown of(String client, Set<AttributeName> granted) {
        MeMessages messages = language.messages(MeMessages.class);
        ObjectNode words = JsonNodeFactory.instance
                .objectNode()
                .put("language", language.locale().toLanguageTag())
                .put("title", messages.narrowTitle(client))
                .put("lead", messages.narrowLead())
                .put("kept", messages.narrowKept(client))
                .put("do", messages.narrowDo());
        ArrayNode choices = words.putArray("choices");
        catalogue
                .inOrder(granted)
                .forEach(name -> choices.add(catalogue.find(name).orElseThrow().label(language.locale())));
        return Shown.of(language.locale(), words.toString());
    }
}
