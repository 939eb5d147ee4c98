package io.consentry.sandbox;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Handle;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.person.Assurance;
import io.consentry.person.Persons;
import io.consentry.person.Session;
import io.consentry.person.Sessions;
import io.consentry.person.SignInMethod;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Signing in as one of the invented people by choosing them: no proof at all, and so only in the sandbox. */
@ApplicationScoped
@LookupIfProperty(name = "consentry.mode", stringValue = "sandbox")
class ChooseAPerson implements SignInMethod {

    static final String METHOD = "sandbox";

    private final People people;
    private final Persons persons;
    private final Sessions sessions;

    ChooseAPerson(People people, Persons persons, Sessions sessions) {
        this.people = people;
        this.persons = persons;
        this.sessions = sessions;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String path() {
        return "/sandbox/sign-in";
    }

    /** The face is as invented as everything else: a tick of whoever chooses. */
    @Override
    public Assurance reaches() {
        return Assurance.FACE;
    }

    /** Opens a session for an invented person; throws {@code unknown_person} for anybody else. */
    Handle signIn(String uinfin, Assurance assurance) {
        return sessions.open(enrol(uinfin), method(), assurance);
    }

    /** A session for one decision, without a cookie; the same person who repeats it is the same sender. */
    Session session(String uinfin, Assurance assurance) {
        Handle handle = signIn(uinfin, assurance);
        Session session = sessions.find(handle).orElseThrow();
        sessions.end(handle);
        return session.knownAs("headless/" + session.person());
    }

    private PersonId enrol(String uinfin) {
        return persons.enrol(known(uinfin));
    }

    /** The number of an invented person; throws {@code unknown_person} for anybody else. */
    NationalId known(String uinfin) {
        String number = uinfin.strip().toUpperCase(Locale.ROOT);
        if (!NationalId.isValid(number) || people.find(new NationalId(number)).isEmpty()) {
            throw Fault.of(FaultCode.UNKNOWN_PERSON, "Choose one of the people that the sandbox knows.")
                    .suggesting("GET /sandbox/personas lists them.")
                    .raise();
        }
        return new NationalId(number);
    }
}
