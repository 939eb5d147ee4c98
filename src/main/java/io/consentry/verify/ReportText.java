package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import java.util.ArrayList;
import java.util.List;

/** A report in plain words: what was checked, what was found, what was not checked. */
final class ReportText {

    /** What no check of a public log can tell. */
    static final List<String> BEYOND_A_LOG = List.of(
            "What the entries stand for. Each is a commitment that tells nothing without its opening, and no openings were given: only"
                    + " the public part is checked. Whether an entry's event is still held, was erased (ERASED) or is missing (MISSING)"
                    + " the operator's own check tells, and a person's receipt shows for the event that it is of.",
            "Whether others are served the same log. Witnesses are for that, or a comparison of checkpoints with somebody else.");

    private ReportText() {}

    static String of(LogReport report) {
        var lines = new ArrayList<String>();
        lines.add(report.isVerified() ? "VERIFIED" : "DOES NOT VERIFY");
        lines.add("");
        lines.add("Log          " + report.log());
        report.checkpoint().ifPresent(checkpoint -> {
            lines.add("Name         " + checkpoint.origin());
            lines.add("Entries      " + checkpoint.size());
            lines.add("Root         " + checkpoint.root());
        });
        lines.add("Believed     " + report.trust().origin().words());
        lines.add("");
        section(
                lines,
                "What is wrong",
                report.problems().stream().map(Problem::toString).toList());
        section(lines, "Checked", checked(report));
        section(lines, "To know", report.remarks());
        section(lines, "Not checked", BEYOND_A_LOG);
        return String.join("\n", lines);
    }

    static List<String> checked(LogReport report) {
        if (report.checkpoint().isEmpty()) {
            return List.of();
        }
        Checkpoint checkpoint = report.checkpoint().get();
        var all = new ArrayList<String>();
        all.add("The checkpoint is signed by the log"
                + (report.witnesses().isEmpty()
                        ? "."
                        : " and cosigned by "
                                + String.join(
                                        ", ",
                                        report.witnesses().stream().sorted().toList()) + "."));
        if (report.isVerified()) {
            if (report.earlier() > 0) {
                all.add("The log goes on from the " + report.earlier()
                        + " entries that an earlier run had verified; they were not read again.");
            }
            long read = checkpoint.size() - report.earlier();
            all.add(
                    read == 0
                            ? "There are no entries that were not verified before."
                            : read + " entries were read, and every hash of every tile above them computed anew, up to"
                                    + " the root that is signed.");
        }
        return all;
    }

    static String of(ReceiptReport report) {
        var lines = new ArrayList<String>();
        lines.add(
                switch (report.verdict()) {
                    case ReceiptVerdict.Promised(var origin, var by) ->
                        "PROMISED: " + origin + " has signed that the entry will be in its log by " + by
                                + ". If it is not there then, this receipt is proof of the fault.";
                    case ReceiptVerdict.Included(var checkpoint, var index) ->
                        "INCLUDED: the log " + checkpoint.origin() + " has this entry, as number " + index + ".";
                    case ReceiptVerdict.Witnessed(var checkpoint, var index, var witnesses) ->
                        "WITNESSED: the log " + checkpoint.origin() + " has this entry, as number " + index + ", and "
                                + witnesses.size() + " of the policy's witnesses have seen it there.";
                    case ReceiptVerdict.Refused(var why) -> "REFUSED: " + why;
                });
        lines.add("");
        report.steps()
                .forEach(step -> lines.add(switch (step.state()) {
                            case HOLDS -> "  ✔ ";
                            case FAILS -> "  ✘ ";
                            case NOT_CHECKED -> "  – ";
                        }
                        + step.what() + ": " + step.said()));
        lines.add("");
        return String.join("\n", lines);
    }

    private static void section(List<String> lines, String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            lines.add(title);
            sentences.forEach(sentence -> lines.add("  - " + sentence));
            lines.add("");
        }
    }
}
