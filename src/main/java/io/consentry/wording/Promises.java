package io.consentry.wording;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import jakarta.enterprise.context.ApplicationScoped;

/** What a purpose's template promises a person, in words: always in the version that the request was held to. */
@ApplicationScoped
public class Promises {

    private final Catalogue catalogue;
    private final Allowance allowance;
    private final Writing writing;
    private final Language language;

    Promises(Catalogue catalogue, Allowance allowance, Writing writing, Language language) {
        this.catalogue = catalogue;
        this.allowance = allowance;
        this.writing = writing;
        this.language = language;
    }

    public Promise of(PurposeVersion id) {
        Purpose purpose =
                catalogue.purpose(id).orElseThrow(() -> new IllegalStateException("a request is for no known purpose"));
        Purpose.Access access = purpose.access();
        return new Promise(
                purpose.sentence(language.locale()),
                writing.length(access.period()),
                allowance.often(access),
                allowance.isUnusual(access),
                access.periodic(),
                access.remindEvery().map(writing::length).orElse(""),
                allowance.howFar(access),
                writing.length(purpose.keeping().retention()),
                writing.length(purpose.keeping().deleteWithin()));
    }
}
