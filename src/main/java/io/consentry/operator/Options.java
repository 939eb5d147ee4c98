package io.consentry.operator;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arguments with options among them, each with its value after it.
 *
 * @param words what belongs to no option
 */
record Options(List<String> words, Map<String, String> values) {

    /** Refuses an option that is not known, comes twice or has no value. */
    static Options parse(List<String> arguments, String... known) {
        var words = new ArrayList<String>();
        var values = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (!List.of(known).contains(word)) {
                throw refused("There is no option " + word + " here; known are " + String.join(", ", known) + ".");
            } else if (++i == arguments.size() || arguments.get(i).startsWith("--")) {
                throw refused(word + " needs a value after it.");
            } else if (values.put(word, arguments.get(i)) != null) {
                throw refused(word + " is given twice.");
            }
        }
        return new Options(List.copyOf(words), Map.copyOf(values));
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    private static RuntimeException refused(String sentence) {
        return Fault.of(FaultCode.INVALID_PARAMETER, sentence).raise();
    }
}
