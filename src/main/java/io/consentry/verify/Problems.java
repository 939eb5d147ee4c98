package io.consentry.verify;

import java.util.ArrayList;
import java.util.List;

/** What was found; whoever serves nothing but faults ends the search. */
final class Problems {

    private static final int MOST = 100;

    private final List<Problem> found = new ArrayList<>();

    synchronized void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        }
        if (found.size() == MOST) {
            throw new TooManyException();
        }
    }

    synchronized List<Problem> found() {
        return List.copyOf(found);
    }

    /** There is no use in going on. */
    static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
