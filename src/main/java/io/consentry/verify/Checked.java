package io.consentry.verify;

import io.consentry.tlog.Hash;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileHasher;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tile whose hashes were recomputed from what lies below it.
 *
 * @param hashes as recomputed; as served, where what lies below could not be read; nothing when neither could
 * @param doubt when the tile that is served differs
 */
record Checked(Tile tile, Optional<byte[]> hashes, Optional<Doubt> doubt) {

    /**
     * Two accounts of one tile. Which of them is wrong, the tree above tells, down from the root that is signed.
     *
     * @param served the hashes of the tile as it is served
     * @param ifServedIsRight what is wrong then: below the tile
     * @param ifRecomputedIsRight what is wrong then: the tile
     */
    record Doubt(byte[] served, Problem ifServedIsRight, Problem ifRecomputedIsRight) {

        void settle(boolean isServedRight, Problems problems) {
            problems.add(isServedRight ? ifServedIsRight : ifRecomputedIsRight);
        }

        void leaveOpen(Problems problems) {
            problems.add(ifServedIsRight);
            problems.add(ifRecomputedIsRight);
        }
    }

    /** Names what differs first, at a place of the tile. */
    interface Naming {
        Doubt doubt(byte[] served, int place, String recomputedHash, String servedHash);
    }

    static Checked of(Tile tile, Optional<byte[]> recomputed, Optional<byte[]> served, Naming naming) {
        if (recomputed.isEmpty() || served.isEmpty()) {
            return new Checked(tile, recomputed.or(() -> served), Optional.empty());
        }
        int differs = Arrays.mismatch(recomputed.get(), served.get());
        if (differs < 0) {
            return new Checked(tile, recomputed, Optional.empty());
        }
        int place = differs / Hash.BYTES;
        return new Checked(
                tile,
                recomputed,
                Optional.of(naming.doubt(served.get(), place, at(recomputed.get(), place), at(served.get(), place))));
    }

    private static String at(byte[] hashes, int place) {
        return Hash.of(Arrays.copyOfRange(hashes, place * Hash.BYTES, (place + 1) * Hash.BYTES))
                .toString();
    }

    /** What a full tile comes to in the level above. */
    Branch branch() {
        var hasher = new TileHasher();
        return new Branch(hashes.map(hasher::over), doubt.map(Doubt::served).map(hasher::over), doubt);
    }

    /**
     * A full tile, from above.
     *
     * @param served the hash of it by the other account, where there are two
     */
    record Branch(Optional<byte[]> hash, Optional<byte[]> served, Optional<Doubt> doubt) {

        static Branch known(byte[] hash) {
            return new Branch(Optional.of(hash), Optional.empty(), Optional.empty());
        }

        /** The hash to go on with, now that it is known what the tile above has for it; settles what was in doubt. */
        Optional<byte[]> judgedBy(Optional<byte[]> above, Problems problems) {
            if (above.isEmpty()) {
                doubt.ifPresent(open -> open.leaveOpen(problems));
                return hash;
            }
            boolean isRight = hash.isPresent() && Arrays.equals(hash.get(), above.get());
            boolean isServedRight = served.isPresent() && Arrays.equals(served.get(), above.get());
            if (isRight || isServedRight) {
                doubt.ifPresent(settled -> settled.settle(isServedRight, problems));
                return above;
            }
            doubt.ifPresent(open -> open.leaveOpen(problems));
            return hash.isPresent() ? hash : above;
        }
    }
}
