package io.consentry.authorization;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long things live between PAR and the redeeming of a code. */
@ConfigMapping(prefix = "consentry.authorization")
interface AuthorizationSettings {

    /** How long a pushed request may be opened at the authorization endpoint; FAPI 2.0 §5.3.2.2-12 wants less than 600 s. */
    @DurationMin(seconds = 5)
    @DurationMax(seconds = 599, message = "must be less than 600 s (FAPI 2.0 §5.3.2.2-12)")
    @WithDefault("PT60S")
    Duration requestUriLifetime();

    /** How long a person has to decide, from PAR on. */
    @DurationMin(seconds = 5)
    @DurationMax(hours = 1)
    @WithDefault("PT15M")
    Duration timeToDecide();

    /** How many requests a client may have pushed that are neither decided nor lapsed. One more is refused with 429. */
    @Min(1) @Max(100_000) @WithDefault("5000")
    int mostOpenRequests();

    /** How long a code lives; FAPI 2.0 §5.3.2.1-11 allows at most 60 s. */
    @DurationMin(seconds = 1)
    @DurationMax(
            seconds = 60,
            message = "must be at most {seconds} s (FAPI 2.0 §5.3.2.1-11; RFC 6749 §4.1.2 would allow 600)")
    @WithDefault("PT60S")
    Duration codeLifetime();
}
