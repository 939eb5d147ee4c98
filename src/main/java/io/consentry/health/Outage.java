package io.consentry.health;

import java.util.Map;

/** What others owe every node and do not give: the service is degraded, and no node unready. */
public interface Outage {

    /** What is out now, in a few words of lower case, each with a sentence. Asked every few seconds, so it must be cheap. */
    Map<String, String> now();
}
