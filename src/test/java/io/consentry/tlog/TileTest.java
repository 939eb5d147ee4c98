package io.consentry.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {

    @Test
    @Requirement("C2SP-tlog-tiles-merkle-tree")
    void anIndexIsWrittenInGroupsOfThree() {
        assertThat(new Tile(0, 1234067, 256).path()).isEqualTo("0/x001/x234/067");
        assertThat(new Tile(2, 0, 17).path()).isEqualTo("2/000.p/17");
        assertThat(new Tile(Tile.ENTRIES, 1067, 12).path()).isEqualTo("entries/x001/067.p/12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/000", "0/x001/x234/067", "63/999.p/255", "entries/x001/067.p/12", "1/x010/000"})
    void anAddressNamesItsTile(String path) {
        assertThat(Tile.parse(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0/",
                "00/000",
                "64/000",
                "-1/000",
                "0/0",
                "0/0000",
                "0/x000/000",
                "0/x01/000",
                "0/001/000",
                "0/000.p/0",
                "0/000.p/256",
                "0/000.p/01",
                "0/000.p/",
                "0/000.p",
                "entries/000/",
                "/0/000",
                "0/000\n",
                "0/../0/000",
                "Entries/000",
                "0/٠٠٠",
                "0/x999/x999/x999/x999/x999/x999/999"
            })
    void whatNamesNoTileIsRefused(String path) {
        assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement("C2SP-tlog-tiles-partial-tiles")
    void aTreeOfSeventyThousandHasTheTilesOfTheSpecification() {
        var tiles = Tile.added(0, 70_000);

        assertThat(tiles)
                .filteredOn(tile -> tile.level() == 0)
                .hasSize(274)
                .filteredOn(Tile::isFull)
                .hasSize(273);
        assertThat(tiles).contains(new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(tiles).filteredOn(tile -> tile.level() == Tile.ENTRIES).hasSize(274);
        assertThat(Tile.added(0, 256))
                .containsExactly(new Tile(Tile.ENTRIES, 0, 256), new Tile(0, 0, 256), new Tile(1, 0, 1));
    }

    @Test
    void aTreeThatGrewAddsWhatChanged() {
        assertThat(Tile.added(300, 300)).isEmpty();
        assertThat(Tile.added(300, 301)).containsExactly(new Tile(Tile.ENTRIES, 1, 45), new Tile(0, 1, 45));
        assertThat(Tile.added(511, 512))
                .containsExactly(new Tile(Tile.ENTRIES, 1, 256), new Tile(0, 1, 256), new Tile(1, 0, 2));
    }
}
