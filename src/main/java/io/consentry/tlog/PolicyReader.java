package io.consentry.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy file, line by line. */
final class PolicyReader {

    private final List<Policy.Peer> logs = new ArrayList<>();
    private final Map<String, Policy.Peer> witnesses = new HashMap<>();
    private final Map<String, Quorum> named = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private @Nullable Quorum quorum;

    Policy read(String file) {
        int number = 0;
        for (String line : file.split("\n", -1)) {
            number++;
            try {
                readLine(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " of the policy: " + e.getMessage(), e);
            }
        }
        if (quorum == null) {
            throw new IllegalArgumentException("a policy has a quorum line");
        }
        return new Policy(logs, witnesses, quorum);
    }

    private void readLine(String line) {
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            throw new IllegalArgumentException("a control character");
        }
        String[] words = line.replace('\t', ' ').strip().split(" +");
        if (words[0].isEmpty() || words[0].startsWith("#")) {
            return;
        }
        switch (words[0]) {
            case "log" -> logs.add(newPeer(words, 1, logs));
            case "witness" -> {
                Policy.Peer witness = newPeer(words, 2, witnesses.values());
                define(words[1], new Quorum.Witness(words[1]));
                witnesses.put(words[1], witness);
            }
            case "group" -> define(words[1], group(words));
            case "quorum" -> setQuorum(words);
            default -> throw new IllegalArgumentException("not a line of a policy: " + words[0]);
        }
    }

    private static Policy.Peer newPeer(String[] words, int key, Iterable<Policy.Peer> known) {
        if (words.length < key + 1 || words.length > key + 2) {
            throw new IllegalArgumentException("a key, and at most an address after it");
        }
        VerifierKey parsed = VerifierKey.parse(words[key]);
        for (Policy.Peer other : known) {
            if (other.key().hasSameMaterialAs(parsed)) {
                throw new IllegalArgumentException("a key that stands on another line already");
            }
        }
        return new Policy.Peer(parsed, words.length > key + 1 ? Optional.of(words[key + 1]) : Optional.empty());
    }

    private Quorum group(String[] words) {
        if (words.length < 4) {
            throw new IllegalArgumentException("a group has a name, a number and members");
        }
        List<Quorum> parts = new ArrayList<>();
        for (String name : Arrays.copyOfRange(words, 3, words.length)) {
            if (!members.add(name)) {
                throw new IllegalArgumentException("a member of two groups, or of one twice: " + name);
            }
            parts.add(known(name));
        }
        int threshold = switch (words[2]) {
            case "all" -> parts.size();
            case "any" -> 1;
            default -> (int) Math.min(Decimal.parse(words[2]), Integer.MAX_VALUE);
        };
        return new Quorum.Group(threshold, parts);
    }

    private void setQuorum(String[] words) {
        if (quorum != null || words.length != 2) {
            throw new IllegalArgumentException("a policy has one quorum line, with one name");
        }
        quorum = words[1].equals("none") ? new Quorum.None() : known(words[1]);
    }

    private Quorum known(String name) {
        Quorum found = named.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no line before this one defines " + name);
        }
        return found;
    }

    private void define(String name, Quorum what) {
        if (name.equals("none") || named.putIfAbsent(name, what) != null) {
            throw new IllegalArgumentException("a name that is taken: " + name);
        }
    }
}
