package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The mock agencies, each with the address, the member names and the way of writing dates of its own wire format. */
enum Agency {
    ICA("v2/person-enquiry", "idNo", "dataItems", "uuuu-MM-dd", "asAt", "recordStatus"),
    MSF("marriage-register/lookup", "personId", "particulars", "uuuu-MM-dd", "recordedOn", "registration"),
    SINGPASS("contact-details", "uin", "fields", "uuuu-MM-dd'T'HH:mm:ssxxx", "verifiedAt", "state"),
    URA("dwellings/by-occupier", "occupierId", "attributes", "uuuu-MM-dd", "updated", "match"),
    HDB("flats/search", "ownerNric", "details", "dd/MM/uuuu", "extractDate", "result"),
    IRAS("api/tax-file", "taxRefNo", "extracts", "uuuuMMdd", "postedOn", "outcome"),
    CPFB("member-statement", "memberAccountNo", "statements", "uuuu-MM-dd", "statementDate", "accountStatus"),
    LTA("onemotoring/ownership", "ownerId", "particulars", "dd-MMM-uuuu", "recordDate", "recordState"),
    TP("driving-licence/status", "idNumber", "query", "dd.MM.uuuu", "asOf", "holding");

    private final String operation;
    private final String identity;
    private final String asked;
    private final String dates;
    private final String date;
    private final String status;

    Agency(String operation, String identity, String asked, String dates, String date, String status) {
        this.operation = operation;
        this.identity = identity;
        this.asked = asked;
        this.dates = dates;
        this.date = date;
        this.status = status;
    }

    /** Its name in paths and files, for example {@code hdb}. */
    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Agency> named(String wireName) {
        return Arrays.stream(values())
                .filter(agency -> agency.wireName().equals(wireName))
                .findFirst();
    }

    /** The path of its one operation, below the agency. */
    String operation() {
        return operation;
    }

    /** The member that says whom a request and its answer are about. */
    String identity() {
        return identity;
    }

    /** The member of a request that lists, as {@code group.member}, what is asked for. */
    String asked() {
        return asked;
    }

    /** The pattern in which it writes dates. */
    String dates() {
        return dates;
    }

    /** The members of a group that say how fresh it is and whether it is held; never asked for. */
    Set<String> framing() {
        return Set.of(date, status);
    }
}
