package io.consentry.program.load;

import java.util.Map;
import java.util.TreeMap;

/** What came of many requests. Written on one event loop, read when they are over. */
final class Outcome {

    private final Map<String, Integer> answers = new TreeMap<>();
    private int served;
    private long longestMillis;
    private double seconds;
    private double generatorCores;

    void answered(int status, long millis) {
        answers.merge(Integer.toString(status), 1, Integer::sum);
        longestMillis = Math.max(longestMillis, millis);
        if (status == 200) {
            served++;
        }
    }

    void failed(Throwable failure, long millis) {
        answers.merge(failure.getClass().getSimpleName(), 1, Integer::sum);
        longestMillis = Math.max(longestMillis, millis);
    }

    Outcome over(double tookSeconds, double cores) {
        seconds = tookSeconds;
        generatorCores = cores;
        return this;
    }

    /** How many of each status, and of what was no answer. */
    Map<String, Integer> answers() {
        return answers;
    }

    int served() {
        return served;
    }

    /** Served releases a second. */
    double goodput() {
        return seconds == 0 ? 0 : served / seconds;
    }

    long longestMillis() {
        return longestMillis;
    }

    /** How much of a processor the generator took. */
    double generatorCores() {
        return generatorCores;
    }
}
