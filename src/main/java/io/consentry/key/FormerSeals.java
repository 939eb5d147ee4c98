package io.consentry.key;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Seals as they were made until 28 November 2026, over these columns of these tables: still good, so that no grant ends because
 * the form of seals changed. Whatever is written anew gets a seal of today. These had each list in one text and did not tell
 * null from empty; no list that could be read in two ways passes.
 */
final class FormerSeals {

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "consent",
            columns(
                    "grant_id client_id purpose template_version requested optional granted person_id state version record_id"
                            + " previous_record_id generation requested_at lapses_at presented_at first_decided_at decided_at"
                            + " expires_at paused_at ended_at language shown_digest last_release_at release_count usage_window"
                            + " used_in_window orders_seen"),
            "consent_record",
            columns(
                    "record_id grant_id generation previous_record_id client_id person_id purpose template_version requested"
                            + " optional granted requested_at decided_at first_decided_at expires_at language shown_digest"),
            "amendment",
            columns(
                    "id grant_id client_id generation purpose template_version requested optional requested_at lapses_at"
                            + " state person_id presented_at record_id closed_at"),
            "revocation_order",
            columns("id client_id purpose reason placed_by placed_at"),
            "obligation",
            columns("grant_id record_id grant_version client_id person_id ending ended_at last_release_at due_at state"
                    + " attested_at deleted_at kept attestation_digest"));

    private FormerSeals() {}

    static boolean fit(SealedRow row, MasterKey master) {
        SealedColumns columns = SealedColumns.of(row.getClass());
        List<String> covered = COLUMNS.get(columns.table());
        if (covered == null || !coversAllThatIsThere(columns, covered, row)) {
            return false;
        }
        var text = new StringBuilder();
        for (String column : covered) {
            Object value = columns.value(column, row);
            if (value instanceof String[] list && !canBeReadInOneWayOnly(list)) {
                return false;
            }
            String part = value instanceof String[] list ? String.join(" ", list) : Objects.toString(value, "");
            text.append(part.length()).append(':').append(part);
        }
        String kind = "row-seal/" + columns.table().replace('_', '-');
        return MessageDigest.isEqual(row.seal(), master.keyedHash(kind, text.toString()));
    }

    /** A column that came later than these seals is outside them: it must not say anything. */
    private static boolean coversAllThatIsThere(SealedColumns columns, List<String> covered, SealedRow row) {
        return columns.columns().stream()
                .map(SealedColumns.Sealed::name)
                .allMatch(name -> covered.contains(name) || columns.value(name, row) == null);
    }

    private static boolean canBeReadInOneWayOnly(String[] list) {
        return Arrays.stream(list).noneMatch(text -> text == null || text.isEmpty() || text.contains(" "));
    }

    private static List<String> columns(String names) {
        return List.of(names.split(" ", -1));
    }
}
