package io.consentry.developer;

import java.net.URI;
import java.util.List;

/** What a visitor can try at once, where everything is invented. In production there is none. */
public interface Showcase {

    /** The demo bank, another site than ours. */
    URI bank();

    /** Where a visitor chooses whom to be, and then sees that person's page. */
    URI signIn();

    /** Everybody whom a visitor can be, the most useful first. */
    List<Resident> residents();

    /** Whom a developer can be without registering anything. */
    List<Organisation> organisations();

    /** One of the invented people. Does not print. */
    record Resident(String uinfin, String name, List<String> tags, String summary) {

        public Resident {
            tags = List.copyOf(tags);
        }

        @Override
        public String toString() {
            return "Resident[redacted]";
        }
    }

    /** A ready-made client. */
    record Organisation(String clientId, String name, String purpose, int attributes) {}
}
