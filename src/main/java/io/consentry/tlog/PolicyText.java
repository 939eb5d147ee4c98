package io.consentry.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lines of a policy file that say who must have witnessed a checkpoint: keys alone, no addresses. */
public final class PolicyText {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, VerifierKey> witnesses;
    private int groups;

    private PolicyText(Map<String, VerifierKey> witnesses) {
        this.witnesses = new TreeMap<>(witnesses);
    }

    /** A line for each witness and group, and one for the quorum; groups get names of their own. */
    public static String of(Map<String, VerifierKey> witnesses, Quorum quorum) {
        var text = new PolicyText(witnesses);
        text.witnesses.forEach((name, key) -> text.lines.add("witness " + name + ' ' + key));
        text.lines.add("quorum " + text.name(quorum));
        return String.join("\n", text.lines) + '\n';
    }

    private String name(Quorum quorum) {
        return switch (quorum) {
            case Quorum.None none -> "none";
            case Quorum.Witness(String name) -> name;
            case Quorum.Group(int threshold, List<Quorum> members) -> {
                List<String> names = members.stream().map(this::name).toList();
                String name = free();
                lines.add("group " + name + ' ' + threshold + ' ' + String.join(" ", names));
                yield name;
            }
        };
    }

    private String free() {
        String name;
        do {
            groups++;
            name = "group-" + groups;
        } while (witnesses.containsKey(name));
        return name;
    }
}
