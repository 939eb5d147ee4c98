package io.consentry.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consentry.kernel.NationalId;
import io.consentry.source.SourceFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not exactly as agreed is refused, and no refusal quotes it. */
class ReplyTest {

    private static final NationalId PERSON = new NationalId("S9812381D");
    private static final Layout LAYOUT = new Layout("id", "asAt", Notation.ISO, "status", "NONE", "NOT_HERS", "PART");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "<html/>",
                "{\"id\":\"S9812381D\"",
                "{\"id\":\"S9812381D\"} {}",
                "{\"id\":\"S9812381D\",\"id\":\"S9812381D\"}",
                "{\"id\":9812381}",
                "{\"id\":null}",
                "{}",
                "{\"name\":\"CANARY\"}",
            })
    void anAnswerOfAnotherFormIsMalformed(String answer) {
        SourceFailure failure = refused(answer);

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("CANARY", "S9812381D");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"CANARY\"",
                "{\"asAt\":\"CANARY\"}",
                "{\"asAt\":\"\"}",
                "{\"asAt\":null}",
                "{\"asAt\":20260504}",
                "{\"status\":\"CANARY\"}",
                "{\"status\":\"\"}",
                "{\"status\":null}",
                "{\"status\":\"NONE\",\"name\":\"X\"}",
                "{\"status\":\"NOT_HERS\",\"asAt\":\"\"}",
                "[1]",
                "[{\"name\":\"X\"},null]",
                "[{\"status\":\"NONE\"}]",
            })
    void aGroupOfAnotherFormIsMalformedAndTheAnswerIsNot(String group) throws IOException {
        Reply reply = read("{\"id\":\"S9812381D\",\"person\":" + group + "}");

        assertThat(reply.groups().get("person")).isEqualTo(new Reply.Group.Malformed());
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(read("\uFEFF{\"id\":\"S9812381D\"}").groups()).isEmpty();
    }

    @Test
    void anAnswerAboutSomebodyElseIsAMismatch() {
        assertThat(refused("{\"id\":\"S1111111D\",\"person\":{\"name\":\"X\"}}").kind())
                .isEqualTo(Kind.MISMATCHED);
    }

    @Test
    void anAnswerBeyondTheLimitIsNotRead() {
        assertThat(refused("{\"id\":\"" + "S".repeat(2000) + "\"}").kind()).isEqualTo(Kind.OVERSIZED);
    }

    @Test
    void membersNotAskedForAreDroppedAndOnlyPlainNamesAreReported() throws IOException {
        Reply reply = read("{\"id\":\"S9812381D\",\"notes\":{},\"JOHN TAN\":1,"
                + "\"person\":{\"asAt\":\"2026-05-04\",\"name\":\"X\",\"sex\":\"M\",\"S1111111D\":1}}");

        assertThat(reply.overReturned())
                .containsExactlyInAnyOrder("notes", "(unprintable)", "person.sex", "person.(unprintable)");
        assertThat(reply.groups().get("person"))
                .isInstanceOfSatisfying(
                        Reply.Group.Single.class,
                        single -> assertThat(single.entry().members()).containsOnlyKeys("name"));
    }

    @Test
    void noRecordIsSaidOutLoudAndIsNotTheSameAsNothing() throws IOException {
        Reply reply = read("{\"id\":\"S9812381D\",\"person\":{\"status\":\"NONE\",\"asAt\":\"2026-05-04\"}}");

        assertThat(reply.groups().get("person")).isInstanceOf(Reply.Group.Nothing.class);
        assertThat(read("{\"id\":\"S9812381D\"}").groups()).isEmpty();
    }

    private static Reply read(String answer) throws IOException {
        var body = new ByteArrayInputStream(answer.getBytes(UTF_8));
        return Reply.read(NativeReader.read(body, 1000), LAYOUT, PERSON, Set.of("person.name"));
    }

    private static SourceFailure refused(String answer) {
        return catchThrowableOfType(SourceFailure.class, () -> read(answer));
    }
}
