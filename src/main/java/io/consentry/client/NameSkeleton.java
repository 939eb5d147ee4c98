package io.consentry.client;

import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/** What remains of a name when everything that looks the same is the same (Unicode Technical Standard 39 §4). */
final class NameSkeleton {

    private static final SpoofChecker CONFUSABLES =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private NameSkeleton() {}

    static String of(String name) {
        return CONFUSABLES.getSkeleton(name.toLowerCase(Locale.ROOT));
    }
}
