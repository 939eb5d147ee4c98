package io.consentry.source;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Residency;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.OutsideTransaction;
import io.consentry.source.SourceFailure.Kind;
import io.quarkus.arc.All;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Asks the government sources.
 *
 * <p>Guarantees: only sources that own a wanted attribute are asked, once, and only for what is wanted; a fetch
 * returns within the overall deadline; one source's failure costs only its own attributes; nothing that a source says
 * of another person, or says unasked, gets out. Does not decide what may be asked: the caller names what was granted.
 *
 * <p>What does not exist for a kind of person: where the identity number alone tells (a foreigner or not), the
 * catalogue's availability decides and the source is not even asked; between citizens and permanent residents the
 * source itself tells.
 */
@ApplicationScoped
public class Sources {

    private final Catalogue catalogue;
    private final Enquiry enquiry;
    private final SourceMetrics metrics;
    private final ExecutorService threads;
    private final Duration overallDeadline;
    private final Map<AttributeName, Owned> owners = new HashMap<>();

    Sources(
            Catalogue catalogue,
            Enquiry enquiry,
            SourceMetrics metrics,
            SourceSettings settings,
            @All List<Source> sources,
            @VirtualThreads ExecutorService threads) {
        this.catalogue = catalogue;
        this.enquiry = enquiry;
        this.metrics = metrics;
        this.threads = threads;
        this.overallDeadline = settings.overallDeadline();
        sources.forEach(source ->
                source.items().forEach(item -> owners.put(item.attribute(), new Owned(source, item))));
    }

    /**
     * Asks, side by side on virtual threads, only the sources that own the wanted attributes; returns within the
     * overall deadline; never throws for a source's failure. An attribute that no adapter serves is unavailable.
     */
    public Fetched fetch(NationalId person, Set<AttributeName> wanted) {
        OutsideTransaction.require("a source");
        long deadline = System.nanoTime() + overallDeadline.toNanos();
        Map<AttributeName, Finding> findings = new HashMap<>();
        List<Running> running = new ArrayList<>();
        plan(person, wanted, findings)
                .forEach((source, items) ->
                        running.add(new Running(source.id(), items, threads.submit(() -> ask(source, person, items)))));
        Map<SourceId, Set<String>> overReturned = new HashMap<>();
        for (Running one : running) {
            Answer answer = await(one, deadline);
            findings.putAll(answer.findings());
            if (!answer.overReturned().isEmpty()) {
                overReturned.put(one.source(), answer.overReturned());
            }
        }
        return new Fetched(findings, overReturned);
    }

    /** Sorts the wanted attributes by the source to ask; what needs no asking is settled in {@code findings}. */
    private Map<Source, Map<Attribute, Item>> plan(
            NationalId person, Set<AttributeName> wanted, Map<AttributeName, Finding> findings) {
        Map<Source, Map<Attribute, Item>> asks = new HashMap<>();
        for (AttributeName name : wanted) {
            Optional<Attribute> attribute = catalogue.find(name);
            Owned owned = owners.get(name);
            if (attribute.isEmpty() || owned == null) {
                findings.put(name, new Finding.Unavailable(Optional.empty()));
            } else if (!existsFor(person, attribute.get())) {
                findings.put(name, new Finding.NotApplicable(Envelopes.notApplicable(attribute.get())));
            } else {
                asks.computeIfAbsent(owned.source(), source -> new HashMap<>()).put(attribute.get(), owned.item());
            }
        }
        return asks;
    }

    private static boolean existsFor(NationalId person, Attribute attribute) {
        Set<Residency> kinds = attribute.availableTo();
        return person.isForeign()
                ? kinds.contains(Residency.FOREIGNER)
                : kinds.contains(Residency.CITIZEN) || kinds.contains(Residency.PERMANENT_RESIDENT);
    }

    private Answer ask(Source source, NationalId person, Map<Attribute, Item> items) {
        long start = System.nanoTime();
        String outcome = "answered";
        try {
            Set<String> members = items.values().stream().map(Item::path).collect(Collectors.toUnmodifiableSet());
            Reply reply = enquiry.ask(source, person, members);
            if (!reply.overReturned().isEmpty()) {
                metrics.overReturned(source, reply.overReturned());
            }
            Harvest harvest = new Harvest(source, reply, metrics.remarks(source));
            return new Answer(harvest.findings(items), reply.overReturned());
        } catch (SourceFailure failure) {
            outcome = failure.kind().name().toLowerCase(Locale.ROOT);
            metrics.failed(source, failure.kind());
            return Answer.same(items, finding(failure));
        } finally {
            metrics.ended(source, outcome, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static Finding finding(SourceFailure failure) {
        return failure.kind() == Kind.TIMED_OUT
                ? new Finding.TimedOut(failure.retryAfter())
                : new Finding.Unavailable(failure.retryAfter());
    }

    private static Answer await(Running one, long deadline) {
        try {
            return one.future().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            one.future().cancel(true);
            return Answer.same(one.items(), new Finding.TimedOut(Optional.empty()));
        } catch (ExecutionException e) {
            return Answer.same(one.items(), new Finding.Unavailable(Optional.empty()));
        } catch (InterruptedException e) {
            one.future().cancel(true);
            Thread.currentThread().interrupt();
            return Answer.same(one.items(), new Finding.TimedOut(Optional.empty()));
        }
    }

    /** Who serves an attribute, and how. */
    private record Owned(Source source, Item item) {}

    /** A source that is being asked. */
    private record Running(SourceId source, Map<Attribute, Item> items, Future<Answer> future) {}

    /** What came of asking one source. */
    private record Answer(Map<AttributeName, Finding> findings, Set<String> overReturned) {

        static Answer same(Map<Attribute, Item> items, Finding finding) {
            return new Answer(
                    items.keySet().stream().collect(Collectors.toMap(Attribute::name, attribute -> finding)), Set.of());
        }

        @Override
        public String toString() {
            return "Answer[redacted]";
        }
    }
}
