package io.consentry.operator;

import java.util.Locale;

/** How far something is: one line that fills up on a terminal; elsewhere a plain line at each tenth. */
final class ProgressBar {

    private static final int CELLS = 40;

    private final Terminal terminal;
    private final String what;
    private long lastTenth = -1;

    ProgressBar(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
    }

    void at(long done, long total) {
        double share = total <= 0 ? 1 : Math.min(1, (double) done / total);
        String text = String.format(Locale.ROOT, "%3d %%  %,d of %,d %s", (int) (share * 100), done, total, what);
        if (terminal.isInteractive()) {
            int full = (int) (share * CELLS);
            terminal.out().print("\r[" + "#".repeat(full) + ".".repeat(CELLS - full) + "] " + text);
            terminal.out().flush();
        } else if ((long) (share * 10) > lastTenth) {
            lastTenth = (long) (share * 10);
            terminal.say(text.strip());
        }
    }

    void finish() {
        if (terminal.isInteractive()) {
            terminal.out().println();
        }
    }
}
