package io.consentry.kernel;

/** Carries a {@link Fault} to the edge of the service, where one mapper answers it. Has no stack trace: it is no bug. */
public final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public FaultException(Fault fault) {
        super(fault.code().code(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
