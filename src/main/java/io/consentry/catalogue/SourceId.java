package io.consentry.catalogue;

/**
 * The government source that owns an attribute: where it is fetched, and where a person turns when it is wrong.
 *
 * <p>Every attribute has exactly one. Where the reference names two, or a record is put together by two, the one that
 * answers for the whole record owns it: what comes from ICA, MOM or both is {@link #ICA_MOM} (their register is one; so
 * are vaccinations, which come inside a birth record, and the masked identity number); benefit packages are {@link #MOF}.
 * Marriage and divorce stay with {@link #MSF}, since no other office can correct them.
 */
public enum SourceId {
    ICA_MOM(
            "ICA and MOM",
            "Immigration & Checkpoints Authority and Ministry of Manpower",
            "www.ica.gov.sg, or www.mom.gov.sg for a work pass"),
    HDB("HDB", "Housing & Development Board", "www.hdb.gov.sg"),
    CPFB("CPF Board", "Central Provident Fund Board", "www.cpf.gov.sg"),
    IRAS("IRAS", "Inland Revenue Authority of Singapore", "www.iras.gov.sg"),
    SINGPASS("Singpass", "Singpass", "www.singpass.gov.sg"),
    LTA("LTA", "Land Transport Authority", "www.lta.gov.sg"),
    TP("Traffic Police", "Singapore Police Force, Traffic Police", "www.police.gov.sg"),
    URA("URA", "Urban Redevelopment Authority", "www.ura.gov.sg"),
    MSF("MSF", "Ministry of Social and Family Development", "www.msf.gov.sg"),
    MOE("MOE", "Ministry of Education", "www.moe.gov.sg"),
    MOH("MOH", "Ministry of Health", "www.moh.gov.sg"),
    MOF("MOF", "Ministry of Finance", "www.mof.gov.sg");

    private final String shortName;
    private final String displayName;
    private final String contact;

    SourceId(String shortName, String displayName, String contact) {
        this.shortName = shortName;
        this.displayName = displayName;
        this.contact = contact;
    }

    /** What people call it, for example {@code CPF Board}. A proper name, the same in every language. */
    public String shortName() {
        return shortName;
    }

    /** Its full name, for example {@code Central Provident Fund Board}. */
    public String displayName() {
        return displayName;
    }

    /** Where a person turns when a value of this source is wrong: names of websites, no links. */
    public String contact() {
        return contact;
    }
}
