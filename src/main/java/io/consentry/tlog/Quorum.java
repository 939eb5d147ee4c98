package io.consentry.tlog;

import java.util.List;
import java.util.Set;

/** How many of whom must have cosigned. */
public sealed interface Quorum {

    boolean isMetBy(Set<String> witnesses);

    /** Nobody needs to. */
    record None() implements Quorum {
        @Override
        public boolean isMetBy(Set<String> witnesses) {
            return true;
        }
    }

    /** This one. */
    record Witness(String name) implements Quorum {
        @Override
        public boolean isMetBy(Set<String> witnesses) {
            return witnesses.contains(name);
        }
    }

    /** At least so many of these. */
    record Group(int threshold, List<Quorum> members) implements Quorum {

        public Group {
            members = List.copyOf(members);
            if (threshold < 1 || threshold > members.size()) {
                throw new IllegalArgumentException("a group of " + members.size() + " cannot ask for " + threshold);
            }
        }

        @Override
        public boolean isMetBy(Set<String> witnesses) {
            return members.stream().filter(member -> member.isMetBy(witnesses)).count() >= threshold;
        }
    }
}
