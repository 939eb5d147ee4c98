package io.consentry.verify;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line that fills up on a terminal, with the time that is left; elsewhere a plain line now and then. */
final class ProgressLine implements Progress {

    private static final int TERMINAL_MILLIS = 250;
    private static final int LINES_MILLIS = 10_000;
    private static final int WIDTH = 78;

    private final ProgressBar bar;

    ProgressLine(PrintStream err, boolean isTerminal) {
        this.bar = new ProgressBarBuilder()
                .setTaskName("Entries")
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(isTerminal ? TERMINAL_MILLIS : LINES_MILLIS)
                .setConsumer(
                        isTerminal
                                ? new ConsoleProgressBarConsumer(err, WIDTH)
                                : new DelegatingProgressBarConsumer(err::println, WIDTH))
                .build();
    }

    @Override
    public void at(long done, long all) {
        bar.maxHint(all).stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
    }
}
