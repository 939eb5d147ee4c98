package io.consentry.testing;

/** How much a run does of what could go on for ever: with {@code scripts/test --quick}, as it is, with {@code --soak}. */
public final class Effort {

    /** The tag of what {@code --quick} leaves out: what takes over ten seconds, or starts the service anew. */
    public static final String SLOW = "slow";

    private static final boolean QUICK = Boolean.getBoolean("consentry.quick");
    private static final boolean SOAK = Boolean.getBoolean("consentry.soak");

    private Effort() {}

    /** Whether there is all the time in the world. */
    public static boolean isSoak() {
        return SOAK;
    }

    /** The size of something that is done in every run, and at full size with {@code --soak}. */
    public static int of(int usual, int soak) {
        return SOAK ? soak : usual;
    }

    /** The same, and smaller with {@code --quick}. */
    public static int of(int quick, int usual, int soak) {
        return QUICK ? quick : of(usual, soak);
    }
}
