package io.consentry.authorization;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long things live between PAR and the redeeming of a code. */
@ConfigMapping(prefix = "consentry.authorization")
interface AuthorizationSettings {

    /** How long a pushed request may be opened at the authorization endpoint; FAPI 2.0 §5.3.2.2-12 wants less than 600 s. */
    @WithDefault("PT60S")
    Duration requestUriLifetime();

    /** How long a person has to decide, from PAR on. */
    @WithDefault("PT15M")
    Duration timeToDecide();

    /** How many requests a client may have pushed that are neither decided nor lapsed; 1 to 100,000. One more is refused with 429. */
    @WithDefault("5000")
    int mostOpenRequests();

    /** How long a code lives; FAPI 2.0 §5.3.2.1-11 allows at most 60 s. */
    @WithDefault("PT60S")
    Duration codeLifetime();
}
