package io.consentry.operator;

import io.consentry.consent.RevocationOrder;
import io.consentry.consent.RevocationOrders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Helps to write the entries of an order and shows how far they are. To stop it stops neither the order, which stands, nor
 * the running nodes, which write the rest.
 */
@ApplicationScoped
class OrderProgress {

    private static final int BETWEEN_LOOKS_MILLIS = 250;
    private static final int BETWEEN_LINES_MILLIS = 10_000;
    private static final int WIDTH = 78;

    private final RevocationOrders orders;

    OrderProgress(RevocationOrders orders) {
        this.orders = orders;
    }

    void show(RevocationOrder order, Terminal terminal) {
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                ProgressBar bar = bar(terminal)) {
            Future<Boolean> work = thread.submit(() -> {
                orders.help(order);
                return true;
            });
            while (!isDone(work)) {
                look(order, bar);
            }
            look(order, bar);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            terminal.say("The running nodes write the rest of the entries; the order itself stands.");
            return;
        }
        terminal.say("The entries of all of them are in the ledger.");
    }

    /** One line that fills up on a terminal, with the time that is left; elsewhere a plain line now and then. */
    private static ProgressBar bar(Terminal terminal) {
        return new ProgressBarBuilder()
                .setTaskName("Entries")
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal.isInteractive() ? BETWEEN_LOOKS_MILLIS : BETWEEN_LINES_MILLIS)
                .setConsumer(
                        terminal.isInteractive()
                                ? new ConsoleProgressBarConsumer(terminal.out(), WIDTH)
                                : new DelegatingProgressBarConsumer(terminal::say, WIDTH))
                .build();
    }

    private void look(RevocationOrder order, ProgressBar bar) {
        orders.progress(order.id()).ifPresent(now -> bar.maxHint(now.expected()).stepTo(now.ended()));
    }

    private static boolean isDone(Future<Boolean> work) throws InterruptedException, ExecutionException {
        try {
            return work.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        }
    }
}
