package io.consentry.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddCheckpointTest {

    /** The specification's own example, signed by nobody whose key is known. */
    private static final String PUBLISHED = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    private static AddCheckpoint parse(String body) {
        return AddCheckpoint.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void theSpecificationsOwnRequestIsRead() {
        AddCheckpoint read = parse(PUBLISHED);

        assertThat(read.oldSize()).isEqualTo(20852014);
        assertThat(read.proof()).hasSize(4);
        assertThat(Checkpoint.parse(read.checkpoint().text()).size()).isEqualTo(20852163);
        assertThat(read.format()).isEqualTo(PUBLISHED);
    }

    @Test
    void aRequestWithoutAProofIsRead() {
        var first = new AddCheckpoint(0, List.of(), parse(PUBLISHED).checkpoint());

        assertThat(parse(first.format())).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "old", "old  1", "old -1", "old 01", "old 1 ", "old 1\r", "Old 1", "old 1\nAA=="})
    void whatIsNoRequestIsRefused(String head) {
        String body = head + PUBLISHED.substring(PUBLISHED.indexOf("\n\n"));

        assertThatThrownBy(() -> parse(body)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "05\n", "5\n\n", "-5\n", "5 \n", "five\n"})
    void whatIsNoSizeIsRefused(String answer) {
        assertThatThrownBy(() -> AddCheckpoint.parseSize(answer)).isInstanceOf(IllegalArgumentException.class);
    }
}
