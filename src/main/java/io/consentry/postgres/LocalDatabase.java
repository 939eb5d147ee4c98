package io.consentry.postgres;

/** How the database fares that this program runs for itself. Knows no library of the embedded server, which may be absent. */
public enum LocalDatabase {
    /** Another was named. */
    NONE,
    UP,
    DOWN;

    private static volatile LocalDatabase state = NONE;

    /** Whether the program was packaged with the embedded server; what is built for production is not. */
    public static boolean isPackaged() {
        return LocalDatabase.class.getResource("/io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class") != null;
    }

    public static LocalDatabase state() {
        return state;
    }

    static void is(LocalDatabase now) {
        state = now;
    }
}
