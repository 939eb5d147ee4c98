package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Policy.Verdict;
import io.consentry.tlog.SignedNote;
import io.consentry.verify.Problems.TooManyException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a whole log, from its signed checkpoint to its last entry, and keeps a copy of it where one is wanted.
 *
 * <p>What it shows: the entries that the log serves are those, and all of those, over which its checkpoint is signed; every tile is
 * what it should be; and, with a copy, nothing that an earlier run has seen was changed or taken out. What it does not show: that
 * others are served the same (that is what witnesses are for), and what the entries stand for (that takes their openings).
 */
public final class Replica {

    /** How long a file of the log may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MAX_NOTE = 128 * 1024;

    private final LogSource source;
    private final LogFiles log;
    private final Optional<KeptCopy> copy;
    private final Problems problems = new Problems();
    private final List<String> remarks = new ArrayList<>();

    Replica(LogSource source, Optional<KeptCopy> copy) {
        this.source = source;
        this.log = new LogFiles(source);
        this.copy = copy;
    }

    /**
     * Checks the log at an http or https address, or in a folder.
     *
     * @param given nothing for the keys that the copy remembers or, the first time, that the log itself names
     * @throws UnreachableException when it cannot be read
     * @throws IllegalArgumentException when nothing says whom to believe
     */
    public static LogReport check(String place, Optional<Trust> given, Optional<Path> copy) {
        return check(place, given, copy, Progress.NONE);
    }

    static LogReport check(String place, Optional<Trust> given, Optional<Path> copy, Progress progress) {
        Optional<KeptCopy> kept = copy.map(KeptCopy::new);
        if (!place.matches("(?i)https?://.*")) {
            return new Replica(new FolderLog(Path.of(place)), kept).check(given, progress);
        }
        try (HttpLog source = new HttpLog(URI.create(place), PATIENCE)) {
            return new Replica(source, kept).check(given, progress);
        }
    }

    LogReport check(Optional<Trust> given, Progress progress) {
        byte[] signed = source.read("checkpoint", MAX_NOTE)
                .orElseThrow(() -> new UnreachableException("There is no log at " + source.name()
                        + ": it serves no checkpoint. The first log of a Consentry is at its address with /ledger."));
        Trust trust = given.or(this::remembered).orElseGet(this::named);
        try {
            SignedNote note = SignedNote.parse(signed);
            return switch (Signatures.judge(trust.policy(), note)) {
                case Verdict.Accepted(var checkpoint, var witnesses) ->
                    checkTree(trust, note, checkpoint, witnesses, progress);
                case Verdict.Unwitnessed(var checkpoint, var witnesses) -> {
                    tooFewWitnesses(trust, witnesses);
                    yield checkTree(trust, note, checkpoint, witnesses, progress);
                }
                case Verdict.Refused(var why) -> refused(trust, why);
            };
        } catch (IllegalArgumentException e) {
            return refused(trust, String.valueOf(e.getMessage()));
        }
    }

    private LogReport refused(Trust trust, String why) {
        problems.add(new Problem("checkpoint", why + "."));
        return report(trust, Optional.empty(), Set.of(), 0);
    }

    private void tooFewWitnesses(Trust trust, Set<String> witnesses) {
        String sentence = "too few witnesses of the policy have cosigned it: " + witnesses.size() + " of "
                + trust.policy().witnesses().size() + ".";
        if (trust.isChosen()) {
            problems.add(new Problem("checkpoint", sentence));
        } else {
            remarks.add("The checkpoint is not witnessed: " + sentence);
        }
    }

    /** The steps from a checkpoint that is believed to a log that is verified. */
    private LogReport checkTree(
            Trust trust, SignedNote note, Checkpoint checkpoint, Set<String> witnesses, Progress progress) {
        long earlier = 0;
        try {
            Optional<Checkpoint> before = copy.flatMap(KeptCopy::checkpoint).map(own -> Checkpoint.parse(own.text()));
            Optional<Problem> breach = before.flatMap(own -> breach(trust, own, checkpoint));
            breach.ifPresent(problems::add);
            earlier = before.map(Checkpoint::size).orElse(0L);
            if (breach.isEmpty()) {
                new TreeCheck(checkpoint, log, copy, problems).run(earlier, progress);
            }
            if (problems.found().isEmpty() && copy.isPresent()) {
                keep(copy.get(), trust, note, earlier);
            }
        } catch (TooManyException e) {
            remarks.add("There was so much that the check was given up.");
        }
        return report(trust, Optional.of(checkpoint), witnesses, earlier);
    }

    /** What speaks against going on from where an earlier run had verified the log: in our copy, or in the log. */
    private Optional<Problem> breach(Trust trust, Checkpoint before, Checkpoint now) {
        KeptCopy own = copy.orElseThrow();
        if (Signatures.judge(trust.policy(), own.checkpoint().orElseThrow()) instanceof Verdict.Refused(var why)) {
            return Optional.of(new Problem(own.folder() + "/checkpoint", why + "."));
        }
        return own.damage(before).or(() -> new Continuation(own, before, log).breach(now));
    }

    /** After this a later run goes on from this checkpoint; before it, that run checks again what it finds here. */
    private static void keep(KeptCopy copy, Trust trust, SignedNote note, long earlier) {
        if (trust.origin() == Trust.Origin.FIRST_USE) {
            copy.keepPolicy(trust.text());
        }
        copy.finish(note, earlier);
    }

    private LogReport report(Trust trust, Optional<Checkpoint> checkpoint, Set<String> witnesses, long earlier) {
        return new LogReport(source.name(), trust, checkpoint, witnesses, earlier, problems.found(), remarks);
    }

    private Optional<Trust> remembered() {
        return copy.flatMap(KeptCopy::policy).map(file -> Trust.in(Trust.Origin.REMEMBERED, file));
    }

    /** A policy that the log serves itself, beside its checkpoint or, for one of several logs, above. */
    private Trust named() {
        return source.read("policy", MAX_NOTE)
                .or(() -> source.read("../policy", MAX_NOTE))
                .map(Replica::firstUse)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Nothing says whose log this is: it names no key itself. Give --policy or --key."));
    }

    private static Trust firstUse(byte[] policy) {
        try {
            return Trust.in(Trust.Origin.FIRST_USE, new String(policy, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UnreachableException("The keys that the log names cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
