package io.consentry;

import io.consentry.kernel.Settings;
import io.consentry.launch.Launch;
import io.consentry.launch.StartFailure;
import io.consentry.launch.Stopwatch;
import io.consentry.operator.Invocation;
import io.consentry.operator.Operator;
import io.consentry.operator.Terminal;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.Console;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.logmanager.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * Starts the program: checks the settings, starts the local database unless another is named, then the service.
 *
 * <p>The database must be there before Quarkus, whose Flyway migrates while it starts; and must go after it, so that no
 * request loses its connection. What the person at the terminal should know goes to standard output, in sentences.
 */
@QuarkusMain
public final class Main {

    private static final Logger LOG = Logger.getLogger(Main.class);

    private static volatile @Nullable Stopwatch sinceBegin;
    private static volatile Invocation.@Nullable Call call;

    private Main() {}

    /** Runs until told to stop, or, after {@code operate}, one command. Exits with 1, after one sentence, when it cannot start. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("operate")) {
            operate(Invocation.parse(List.of(args).subList(1, args.length)));
        } else {
            serve(args);
        }
    }

    private static void serve(String[] args) {
        try {
            Launch.checked().serve(System.out::println, Main::awaitEndOfService);
        } catch (RuntimeException e) {
            end(1, e);
        }
        sinceBegin = new Stopwatch();
        Quarkus.run(Service.class, Main::end, args);
    }

    /** A start that failed is told in one sentence, after everything else. */
    private static void end(int code, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.debug("The start failed", failure);
            // Threads that had begun before the failure log what they miss, until the process is gone; a level would
            // not
            // silence those categories that have one of their own.
            LogContext.getLogContext().getLogger("").clearHandlers();
            System.err.println(new StartFailure(failure).sentence());
        }
        System.exit(code);
    }

    private static void operate(Invocation line) {
        switch (line) {
            case Invocation.Help(String text) -> System.out.println(text);
            case Invocation.Misuse(String sentence) -> {
                System.err.println(sentence);
                System.exit(Invocation.MISUSE);
            }
            case Invocation.Call command -> {
                try {
                    Launch.checked().attend();
                } catch (RuntimeException e) {
                    end(1, e);
                }
                call = command;
                Quarkus.run(OneCommand.class, Main::end);
            }
        }
    }

    /** On a signal every hook runs at once; the database's waits for Quarkus, which drains requests and closes the pool. */
    private static void awaitEndOfService() {
        Application service = Application.currentApplication();
        if (service != null) {
            service.awaitShutdown();
        }
    }

    /** Runs the command of the command line, and ends with its exit code. */
    static final class OneCommand implements QuarkusApplication {

        private final Operator operator;

        OneCommand(Operator operator) {
            this.operator = operator;
        }

        private static boolean isInteractive() {
            Console console = System.console();
            return console != null && console.isTerminal();
        }

        @Override
        public int run(String... args) {
            return operator.run(Objects.requireNonNull(call), new Terminal(System.out, isInteractive()));
        }
    }

    /** Says that the service is there, once it answers, and waits for the end. */
    static final class Service implements QuarkusApplication {

        private final Settings settings;

        Service(Settings settings) {
            this.settings = settings;
        }

        @Override
        public int run(String... args) {
            System.out.println("Service ready in " + sinceBegin + ", migrations included");
            Launch.greet(settings, System.out::println);
            Quarkus.waitForExit();
            return 0;
        }
    }
}
