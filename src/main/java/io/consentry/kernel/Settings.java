package io.consentry.kernel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings that every command and the service understand; each is also an environment variable, {@code CONSENTRY_…}. */
@ConfigMapping(prefix = "consentry")
public interface Settings {

    /** Port of the service on the loopback interface (or on {@code QUARKUS_HTTP_HOST}). */
    @Min(0) @Max(65_535) @WithDefault("8080")
    int port();

    /** Port of health and metrics; 920 above the service's own when not set. */
    OptionalInt managementPort();

    /** The public base URL, without a trailing slash; issuer, {@code htu} and redirects follow it, never the Host header. */
    String baseUrl();

    /**
     * This service itself on the loopback interface, by a name that is not the base URL's: where its own mock agencies and
     * the demo bank are. Follows port and TLS; nobody sets it.
     */
    String loopbackUrl();

    /** {@code production} (default) or {@code sandbox}: whether mock agencies, invented people and headless endpoints exist. */
    @WithDefault("production")
    Mode mode();

    /** Folder of the embedded database, the sandbox's master key and tiles. */
    @WithDefault(".consentry")
    Path data();

    /** File with the 32-byte master key in base64; made in the data folder in the sandbox, required in production. */
    Optional<Path> masterKeyFile();

    /** A JSON file of further clients in RFC 7591 member names; read at start in the sandbox. */
    Optional<Path> clients();

    /** Whether this process serves. One that runs an operator's command does not, and does no work of a node's either. */
    @WithDefault("true")
    boolean serves();

    /** The ledger's own settings. */
    Ledger ledger();

    /** The issuer identifier, {@code <base>/fapi}. */
    default String issuer() {
        return baseUrl() + "/fapi";
    }

    /** Whether the sandbox's parts are there. */
    default boolean isSandbox() {
        return mode() == Mode.SANDBOX;
    }

    /** Where tiles lie and what the log is called. */
    interface Ledger {

        /** Folder of tiles and checkpoint store, which nodes share; in the data folder when not set. */
        Optional<Path> store();

        /** The log's name in every checkpoint and ticket; never changes with port or URL. */
        @WithDefault("consentry.local/sandbox")
        String origin();

        /**
         * How many logs the ledger has. May grow from one start to the next, and never shrinks: new grants are spread over all of
         * them, and each stays where it is.
         */
        @Min(1) @Max(LogNumber.MOST) @WithDefault("1")
        int logs();
    }

    /** The two ways to run the one jar. */
    enum Mode {
        PRODUCTION,
        SANDBOX
    }
}
