package io.consentry.bank;

/** The steps of the keystroke-level model and how long each takes (Card, Moran and Newell, 1980 and 1983). */
enum BankOperator {
    /** One keystroke of an average typist, 40 words a minute. */
    KEY(0.28),
    /** Pointing at something with the mouse. */
    POINT(1.1),
    /** Pressing and releasing its button. */
    BUTTON(0.2),
    /** A hand's way between keyboard and mouse. */
    HAND(0.4),
    /** Making up one's mind: what is asked, what to answer, whether it is right. */
    MIND(1.35),
    /** One look at a shown value: a fixation of the eye, perception and recognition. */
    LOOK(0.4),
    /** The eye's way to the next line, while the mind is still with the last one. */
    EYE(0.23);

    private final double seconds;

    BankOperator(double seconds) {
        this.seconds = seconds;
    }

    public double seconds() {
        return seconds;
    }
}
