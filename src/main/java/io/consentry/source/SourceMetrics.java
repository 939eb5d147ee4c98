package io.consentry.source;

import io.consentry.catalogue.Attribute;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** What operators see of the sources: counts, times and alarms, without any personal value. */
@Singleton
final class SourceMetrics {

    private static final Logger LOG = Logger.getLogger("io.consentry.source");

    private final MeterRegistry meters;

    SourceMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** One request to a source ended, with {@code answered} or a failure's kind. */
    void ended(Source source, String outcome, Duration took) {
        meters.counter("consentry.source.requests", "source", source.name(), "outcome", outcome)
                .increment();
        meters.timer("consentry.source.duration", "source", source.name()).record(took);
    }

    void failed(Source source, SourceFailure.Kind kind) {
        if (kind == SourceFailure.Kind.MISMATCHED) {
            LOG.errorf("ALARM source %s answered with another person's record; nothing of it was used", source.name());
            meters.counter("consentry.source.mismatched", "source", source.name())
                    .increment();
        } else {
            LOG.warnf("source %s gave no answer: %s", source.name(), kind);
        }
    }

    /** What is noticed about an answer of this source. */
    Remarks remarks(Source source) {
        return new Remarks() {
            @Override
            public void malformed(Attribute attribute, Item item) {
                LOG.warnf(
                        "source %s sent %s in a form that was not agreed; %s was dropped",
                        source.name(), item.path(), attribute.name());
                count("consentry.source.malformed", source, attribute);
            }

            @Override
            public void overlong(Attribute attribute, int length) {
                LOG.infof(
                        "source %s sent %s with %d characters, more than the catalogue has; it was sent on",
                        source.name(), attribute.name(), length);
                count("consentry.source.overlong", source, attribute);
            }
        };
    }

    private void count(String meter, Source source, Attribute attribute) {
        meters.counter(
                        meter,
                        "source",
                        source.name(),
                        "attribute",
                        attribute.name().value())
                .increment();
    }

    void overReturned(Source source, Set<String> members) {
        LOG.warnf("ALARM source %s sent members that were not asked for: %s", source.name(), members);
        meters.counter("consentry.source.over.returned", "source", source.name())
                .increment(members.size());
    }
}
