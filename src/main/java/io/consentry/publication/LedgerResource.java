package io.consentry.publication;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.Settings;
import io.consentry.publication.LogFiles.Note;
import io.consentry.tlog.Tile;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * A log as strangers read it: C2SP tlog-tiles. Answers from the store alone, also when there is no database.
 */
@Path("/ledger")
@Tag(name = "Ledger")
public class LedgerResource {

    private static final String TEXT = MediaType.TEXT_PLAIN + ";charset=utf-8";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String FOR_A_MOMENT = "public, max-age=1";

    private final Publisher publisher;
    private final LogList logs;
    private final Settings settings;

    LedgerResource(Publisher publisher, LogList logs, Settings settings) {
        this.publisher = publisher;
        this.logs = logs;
        this.settings = settings;
    }

    @GET
    @Path("/checkpoint")
    @Operation(summary = "The log's newest checkpoint: name, size and root, signed (C2SP tlog-checkpoint)")
    public Response checkpoint() {
        return checkpoint(LogNumber.FIRST);
    }

    @GET
    @Path("/tile/{tile: .+}")
    @Operation(summary = "A tile of hashes, or a bundle of entries (C2SP tlog-tiles)")
    public Response tile(@PathParam("tile") String tile) {
        return tile(LogNumber.FIRST, tile);
    }

    @GET
    @Path("/{log: [1-9][0-9]{0,2}}/checkpoint")
    @Operation(summary = "The newest checkpoint of a further log")
    public Response checkpoint(@PathParam("log") int log) {
        return checkpoint(new LogNumber(log));
    }

    @GET
    @Path("/{log: [1-9][0-9]{0,2}}/tile/{tile: .+}")
    @Operation(summary = "A tile or a bundle of entries of a further log")
    public Response tile(@PathParam("log") int log, @PathParam("tile") String tile) {
        return tile(new LogNumber(log), tile);
    }

    @GET
    @Path("/logs")
    @Operation(summary = "All logs: name, size and root of each, in one signed note (C2SP signed-note)")
    public Response logs() {
        return Response.ok(logs.note().format(), TEXT)
                .header("Cache-Control", FOR_A_MOMENT)
                .build();
    }

    @GET
    @Path("/policy")
    @Operation(summary = "The keys that verify checkpoints, and where each log is (C2SP tlog-policy)")
    public Response policy() {
        return Response.ok(logs.policy(settings.baseUrl()), TEXT)
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }

    private Response checkpoint(LogNumber log) {
        String note = publisher.files(log).read(Note.CHECKPOINT).orElseThrow(LedgerResource::nothing);
        return Response.ok(note, TEXT).header("Cache-Control", FOR_A_MOMENT).build();
    }

    private Response tile(LogNumber log, String path) {
        byte[] content =
                parse(path).flatMap(tile -> publisher.files(log).find(tile)).orElseThrow(LedgerResource::nothing);
        return Response.ok(content, MediaType.APPLICATION_OCTET_STREAM)
                .header("Cache-Control", FOR_EVER)
                .build();
    }

    private static Optional<Tile> parse(String path) {
        try {
            return Optional.of(Tile.parse(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RuntimeException nothing() {
        return Fault.of(FaultCode.NOT_FOUND, "No such tile or checkpoint was published.")
                .raise();
    }
}
