package io.consentry.source;

import java.util.Set;

/**
 * The frame of a source's answers: an object with the person's number and groups, each group an object or a list of
 * records.
 *
 * @param identity the member that repeats whom the answer is about
 * @param date the member of each group or record that says how fresh it is
 * @param dates how this source writes dates
 * @param status the member that marks a group or record as something else than plainly held; absent when held
 * @param noRecord the status of a group of which the source holds nothing
 * @param notApplicable the status of a group that does not exist for this kind of person
 * @param restricted the status of a record of which the source tells only a part
 */
record Layout(
        String identity,
        String date,
        Notation dates,
        String status,
        String noRecord,
        String notApplicable,
        String restricted) {

    /** Members of a group that are no datum. */
    Set<String> framing() {
        return Set.of(date, status);
    }
}
