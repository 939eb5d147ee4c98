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

/**
 * Helps to write the entries of an order and shows how far they are. To stop it stops neither the order, which stands, nor
 * the running nodes, which write the rest.
 */
@ApplicationScoped
class OrderProgress {

    private static final long BETWEEN_LOOKS_MILLIS = 250;

    private final RevocationOrders orders;

    OrderProgress(RevocationOrders orders) {
        this.orders = orders;
    }

    void show(RevocationOrder order, Terminal terminal) {
        var bar = new ProgressBar(terminal, "entries");
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> work = thread.submit(() -> {
                orders.help(order);
                return true;
            });
            while (!isDone(work)) {
                look(order, bar);
            }
            look(order, bar);
            bar.finish();
            terminal.say("The entries of all of them are in the ledger.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            bar.finish();
            terminal.say("The running nodes write the rest of the entries; the order itself stands.");
        }
    }

    private void look(RevocationOrder order, ProgressBar bar) {
        orders.progress(order.id()).ifPresent(now -> bar.at(now.ended(), now.expected()));
    }

    private static boolean isDone(Future<Boolean> work) throws InterruptedException, ExecutionException {
        try {
            return work.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        }
    }
}
