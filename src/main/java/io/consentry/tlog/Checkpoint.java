package io.consentry.tlog;

import java.util.List;

/**
 * What a log says of itself: its name, how many entries it has and the root over them (C2SP tlog-checkpoint).
 *
 * @param extensions further lines, which say nothing to verifiers; a log of ours has none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n") || size < 0) {
            throw new IllegalArgumentException("a checkpoint has a name and a size");
        }
        extensions = List.copyOf(extensions);
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
            throw new IllegalArgumentException("an extension of a checkpoint is a line that is not empty");
        }
    }

    public static Checkpoint of(String origin, long size, Hash root) {
        return new Checkpoint(origin, size, root, List.of());
    }

    /** Reads a note's text; throws {@code IllegalArgumentException} when it is none of a checkpoint. */
    public static Checkpoint parse(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() < 4 || !lines.getLast().isEmpty()) {
            throw new IllegalArgumentException("a checkpoint has three lines: name, size and root");
        }
        return new Checkpoint(
                lines.get(0),
                Decimal.parse(lines.get(1)),
                Hash.parse(lines.get(2)),
                lines.subList(3, lines.size() - 1));
    }

    /** The text that is signed. */
    public String text() {
        var text = new StringBuilder(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root)
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
