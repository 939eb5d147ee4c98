package io.consentry.bank;

import java.time.Duration;

/** Adds up the steps of the keystroke-level model for one pair of hands. */
final class BankStopwatch {

    private double seconds;
    private boolean atTheMouse = true;

    void think() {
        add(BankOperator.MIND, 1);
    }

    /** Looks at a shown value, and knows it or not. */
    void look() {
        add(BankOperator.LOOK, 1);
    }

    /** Reads on to the next line. */
    void readOn() {
        add(BankOperator.EYE, 1);
    }

    void type(int keys) {
        reach(false);
        add(BankOperator.KEY, keys);
    }

    /** Points at something and clicks it. */
    void click() {
        reach(true);
        add(BankOperator.POINT, 1);
        add(BankOperator.BUTTON, 1);
    }

    Duration elapsed() {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private void reach(boolean mouse) {
        if (atTheMouse != mouse) {
            add(BankOperator.HAND, 1);
            atTheMouse = mouse;
        }
    }

    private void add(BankOperator step, int times) {
        seconds += step.seconds() * times;
    }
}
