package io.consentry.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long tokens and proofs live. */
@ConfigMapping(prefix = "consentry.token")
public interface TokenSettings {

    /** How long an access token lives. */
    @DurationMin(seconds = 60)
    @DurationMax(hours = 24)
    @WithDefault("PT30M")
    Duration accessTokenLifetime();

    /** How far a client's clock may be off: FAPI 2.0 §5.3.2.1-13 wants 10 s accepted, and more than 60 s refused. */
    @DurationMin(seconds = 10, message = "must be at least {seconds} s (FAPI 2.0 §5.3.2.1-13)")
    @DurationMax(seconds = 60, message = "must be at most {seconds} s (FAPI 2.0 §5.3.2.1-13)")
    @WithDefault("PT60S")
    Duration clockSkew();

    /** How old a DPoP proof may be. */
    @DurationMin(seconds = 10)
    @DurationMax(
            minutes = 5,
            message = "must be at most {minutes} minutes (RFC 9449 §11.1: a proof is for a brief time)")
    @WithDefault("PT2M")
    Duration proofAge();

    /**
     * A DPoP nonce is good for one to two of these: by default as long as a person may take to decide and a code then lives, so that
     * the nonce that comes with the answer to a pushed request is still good when its code is redeemed.
     */
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    @WithDefault("PT16M")
    Duration nonceSpan();
}
