package io.consentry.verify;

/**
 * One thing that is not as it should be.
 *
 * @param place the file of the log where it shows, such as {@code tile/0/x001/234}
 * @param what a sentence, with the entry's index where one is concerned
 */
public record Problem(String place, String what) {

    @Override
    public String toString() {
        return place + ": " + what;
    }
}
