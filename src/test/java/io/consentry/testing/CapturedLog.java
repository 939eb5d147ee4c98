package io.consentry.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the service logs while this is open, ours down to the last detail, with stack traces and parameters. */
public final class CapturedLog implements AutoCloseable {

    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("io.consentry");
    private final @Nullable Level before = ours.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord logged) {
            lines.add(text(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public CapturedLog() {
        handler.setLevel(Level.ALL);
        ours.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    /** Everything so far, one record each. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private static String text(LogRecord logged) {
        var text = new StringWriter();
        text.append(logged.getLoggerName()).append(' ').append(message(logged));
        if (logged.getThrown() != null) {
            logged.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    private static String message(LogRecord logged) {
        return logged.getMessage() + " " + Arrays.toString(logged.getParameters());
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        ours.setLevel(before);
    }
}
