package io.consentry.bank;

/** Why a customer who comes from Consentry, or wants to go there, does not find the filled form. */
enum BankTrouble {
    /** The person refused at Consentry. */
    REFUSED(200),
    /** The answer names another state or issuer than the request. */
    NOTOURS(400),
    /** The answer was used before. */
    USED(400),
    /** No application belongs to this browser, or it was too long ago. */
    NOVISIT(400),
    /** Consentry does not answer. */
    NOTREACHED(503),
    /** Consentry answered, but gave nothing. */
    FAILED(502);

    private final int status;

    BankTrouble(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
