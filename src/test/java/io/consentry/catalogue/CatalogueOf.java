package io.consentry.catalogue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The program's catalogue with other purposes than its own. */
public final class CatalogueOf {

    private CatalogueOf() {}

    public static Catalogue purposes(String json) {
        return new Catalogue(
                CatalogueFiles.attributes(file("attributes.json")),
                CatalogueFiles.codes(file("codes.json")),
                scopes -> CatalogueFiles.purposes(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), scopes));
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(Catalogue.class.getResourceAsStream("/catalogue/" + name));
    }
}
