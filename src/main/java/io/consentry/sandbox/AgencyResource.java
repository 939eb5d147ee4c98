package io.consentry.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.kernel.NationalId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mock agencies. Each has one operation that takes a person's number and the names of the data wanted, and answers
 * in a wire format of its own; somebody of whom no agency ever heard is 404.
 */
@Path("/sandbox/agencies/{agency}")
public final class AgencyResource {

    private static final int OVERSIZED = 2_000_000;

    private final People people;
    private final AgencyRecords records;
    private final AgencyFaults faults;

    AgencyResource(People people, AgencyRecords records, AgencyFaults faults) {
        this.people = people;
        this.records = records;
        this.faults = faults;
    }

    @POST
    @Path("{operation:.+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response operate(
            @PathParam("agency") String name, @PathParam("operation") String operation, @Nullable JsonNode request)
            throws InterruptedException {
        Optional<Agency> agency =
                Agency.named(name).filter(known -> known.operation().equals(operation));
        if (agency.isEmpty() || request == null) {
            return Response.status(agency.isEmpty() ? 404 : 400).build();
        }
        String number = request.path(agency.get().identity()).asText();
        Optional<PersonFile> person =
                NationalId.isValid(number) ? people.file(new NationalId(number)) : Optional.empty();
        if (person.isEmpty()) {
            return Response.status(404).build();
        }
        return answer(agency.get(), person.get(), asked(agency.get(), request));
    }

    private Response answer(Agency agency, PersonFile person, Set<String> asked) throws InterruptedException {
        Optional<AgencyFault> fault = faults.of(agency, person);
        if (fault.isEmpty()) {
            return Response.ok(records.asked(agency, person, asked)).build();
        }
        return switch (fault.get().kind()) {
            case DOWN -> Response.status(503).header("Retry-After", 30).build();
            case ERROR -> Response.status(500).build();
            case NONSENSE ->
                Response.ok("<html><body>Scheduled maintenance</body></html>").build();
            case MALFORMED ->
                Response.ok(fault.get().misprint().in(records.asked(agency, person, asked)))
                        .build();
            case OVERSIZED ->
                Response.ok("{\"padding\":\"" + "x".repeat(OVERSIZED) + "\"}").build();
            case SLOW -> {
                Thread.sleep(fault.get().delay());
                yield Response.ok(records.asked(agency, person, asked)).build();
            }
            case OTHER_PERSON ->
                Response.ok(records.asked(agency, people.otherThan(person.uinfin()), asked))
                        .build();
            case OVER_RETURN ->
                Response.ok(remarked(records.whole(agency, person))).build();
        };
    }

    private static ObjectNode remarked(ObjectNode answer) {
        answer.putObject("internalRemarks").put("officer", "keep an eye on this one");
        return answer;
    }

    private static Set<String> asked(Agency agency, JsonNode request) {
        Set<String> asked = new HashSet<>();
        request.path(agency.asked()).forEach(path -> asked.add(path.asText()));
        return asked;
    }
}
