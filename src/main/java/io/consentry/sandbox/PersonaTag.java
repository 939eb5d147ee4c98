package io.consentry.sandbox;

import java.util.Locale;

/** The tags of invented people, so that pages can say them in words. */
enum PersonaTag {
    CAR,
    CHILD,
    CHILDREN,
    CHINESENAMES,
    CITIZEN,
    CONDO,
    CPFBOTHERPERSON,
    CPFBSLOW,
    DIVORCED,
    ELDERLY,
    EMPLOYED,
    EMPLOYMENTPASS,
    EURASIAN,
    FIN,
    FULL,
    HDBNONSENSE,
    HDBOWNER,
    ICAOVERRETURN,
    IRASDOWN,
    LONGNAME,
    MSERIES,
    MARRIED,
    NOCPF,
    NONOA,
    OVERSEASADDRESS,
    PARTIALDOB,
    PR,
    PRIVATEPROPERTY,
    PUNCTUATION,
    RABALANCE,
    RECORDSMISSING,
    RETIREE,
    SPASS,
    SELFEMPLOYED,
    SINGLENAME,
    SPONSOREDCHILD,
    TAMILNAME,
    TWOFLATS,
    VOCATIONALLICENCE,
    WIDOWED,
    YOUNGADULT;

    /** The tag that people's files write as, for example, {@code no-cpf}; throws when there is none. */
    static PersonaTag of(String tag) {
        return valueOf(tag.replace("-", "").toUpperCase(Locale.ROOT));
    }
}
