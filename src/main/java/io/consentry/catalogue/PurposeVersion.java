package io.consentry.catalogue;

/** A purpose template in the version that a request was held to. */
public record PurposeVersion(String code, int version) {

    @Override
    public String toString() {
        return code + "/" + version;
    }
}
