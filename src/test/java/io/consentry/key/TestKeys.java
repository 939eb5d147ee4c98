package io.consentry.key;

/** Keys for tests that seal something without a service. */
public final class TestKeys {

    private TestKeys() {}

    public static DataKey random() {
        return DataKey.random();
    }
}
