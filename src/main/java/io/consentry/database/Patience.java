package io.consentry.database;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How long a connection waits, as properties of the driver, which passes on to the server what is the server's. */
record Patience(DatabaseSettings settings, boolean serves) {

    /** Refuses waits that could not end in their order. */
    Patience {
        refuseShort("statement-within", settings.statementWithin(), settings.lockWithin());
        refuseShort(
                "answer-within",
                settings.answerWithin(),
                settings.statementWithin().plusMillis(1));
    }

    private static void refuseShort(String setting, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new ConfigurationException(
                    "consentry.database." + setting + " is " + value + ", and at least " + least + " is needed");
        }
    }

    Map<String, String> properties() {
        var properties = new TreeMap<String, String>();
        properties.put("tcpKeepAlive", "true");
        properties.put("connectTimeout", seconds(settings.connectWithin()));
        if (serves) {
            properties.put("socketTimeout", seconds(settings.answerWithin()));
        }
        if (settings.behindPooler()) {
            properties.put("prepareThreshold", "0");
        } else {
            properties.put("options", options());
        }
        return properties;
    }

    /** What the server is told when a session begins. */
    private String options() {
        var parameters = new TreeMap<String, Object>(Map.of(
                "tcp_user_timeout", settings.answerWithin().toMillis(),
                "tcp_keepalives_idle", 5,
                "tcp_keepalives_interval", 2,
                "tcp_keepalives_count", 3));
        if (serves) {
            parameters.put("lock_timeout", settings.lockWithin().toMillis());
            parameters.put("statement_timeout", settings.statementWithin().toMillis());
            parameters.put(
                    "idle_in_transaction_session_timeout", settings.idleWithin().toMillis());
        }
        return parameters.entrySet().stream()
                .map(parameter -> "-c " + parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.plusNanos(999_999_999).toSeconds());
    }
}
