package io.consentry.sandbox;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /sandbox/personas}: who can be signed in, and what is particular about each. */
@Path("/sandbox/personas")
@Tag(name = "Sandbox")
public final class PersonaResource {

    private final People people;

    PersonaResource(People people) {
        this.people = people;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The invented people, and what is particular about each")
    public List<Entry> personas() {
        return people.all().stream()
                .map(person -> new Entry(person.uinfin().value(), person.name(), person.tags(), person.summary()))
                .toList();
    }

    /** One person on the wire. */
    public record Entry(String uinfin, String name, List<String> tags, String summary) {}
}
