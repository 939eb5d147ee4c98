package io.consentry.source;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How long sources may take, and when they are left alone. Where each is found is {@code quarkus.rest-client.<name>.url}.
 */
@ConfigMapping(prefix = "consentry.source")
public interface SourceSettings {

    /**
     * Base URL of the agencies that have none of their own: the sandbox's mock agencies, which this service itself
     * serves.
     */
    String agenciesUrl();

    /** Within this the whole of a fetch returns; what has not answered by then is timed out. */
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    @WithDefault("PT4S")
    Duration overallDeadline();

    /** A longer answer is not read. Raising it raises the memory that a broken source can take. */
    @MemoryBetween(leastKilobytes = 1, mostKilobytes = 16_384)
    @WithDefault("256K")
    MemorySize maxAnswer();

    /** Each source by its name, for example {@code consentry.source.hdb.deadline}. */
    @WithParentName
    @WithDefaults
    Map<String, Each> each();

    /** The settings of one source. */
    interface Each {

        /** How long one request to it may take, from connecting to the last byte. */
        @DurationMin(millis = 10)
        @DurationMax(seconds = 30)
        @WithDefault("PT2S")
        Duration deadline();

        /** How many requests to it may be in flight in this node; more are answered as unavailable at once. */
        @Min(1) @Max(10_000) @WithDefault("96")
        int concurrency();

        /** Over how many recent requests failures are counted. */
        @Min(1) @Max(10_000) @WithDefault("20")
        int breakerWindow();

        /** The share of failures in that window from which the source is left alone. */
        @DecimalMin("0.01") @DecimalMax("1") @WithDefault("0.6")
        double breakerRatio();

        /**
         * For how long it is then left alone before one request tries it again; also told to clients as a time to
         * wait.
         */
        @DurationMin(millis = 1)
        @DurationMax(hours = 1)
        @WithDefault("PT5S")
        Duration breakerDelay();
    }
}
