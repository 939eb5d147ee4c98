package io.consentry.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Myinfo's leaves: {@code {"value": …}}. An empty text is a value: the source knows there is none. */
final class Values {

    private Values() {}

    static ObjectNode value(String text) {
        return leaf().put("value", text);
    }

    static ObjectNode value(long number) {
        return leaf().put("value", number);
    }

    static ObjectNode value(BigDecimal number) {
        return leaf().put("value", number);
    }

    static ObjectNode value(boolean truth) {
        return leaf().put("value", truth);
    }

    private static ObjectNode leaf() {
        return JsonNodeFactory.instance.objectNode();
    }
}
