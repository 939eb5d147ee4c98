package io.consentry.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a tile: up to 256 hashes of one level, each over 256 of the level below (C2SP tlog-tiles), or the entries
 * themselves.
 *
 * @param level 0 has the hashes of leaves; {@link #ENTRIES} the entries
 * @param index of the tile within its level
 * @param width how many it holds: 256, or fewer at the right edge of a tree
 */
public record Tile(int level, long index, int width) {

    /** The level of entry bundles, which lie beside those of level 0. */
    public static final int ENTRIES = -1;

    /** How many a full tile holds. */
    public static final int FULL = 256;

    /** The bits of an index that lie within a tile. */
    public static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final Pattern PATH =
            Pattern.compile("(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public Tile {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "no tile is at level " + level + ", index " + index + ", width " + width);
        }
    }

    /** Reads what follows {@code tile/} in an address; throws {@code IllegalArgumentException} for what names no tile. */
    public static Tile parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("names no tile: " + path);
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", "") + matcher.group(3));
        int width = matcher.group(4) == null ? FULL : Integer.parseInt(matcher.group(4));
        boolean isPartial = matcher.group(4) != null;
        var tile = new Tile(level, index, width);
        if ((isPartial && width == FULL) || !tile.path().equals(path)) {
            throw new IllegalArgumentException("not how this tile is written: " + path);
        }
        return tile;
    }

    /** What follows {@code tile/} in its address, such as {@code 0/x001/x234/067.p/12}. */
    public String path() {
        String full = (level == ENTRIES ? "entries" : String.valueOf(level)) + '/' + encoded(index);
        return isFull() ? full : full + ".p/" + width;
    }

    private static String encoded(long index) {
        String path = "%03d".formatted(index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x%03d/".formatted(rest % 1000) + path;
        }
        return path;
    }

    /** The full one at its place. */
    public Tile full() {
        return new Tile(level, index, FULL);
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** Where the versions of it lie that are not full yet: what follows {@code tile/} in their address, before the width. */
    public String partialsPath() {
        return new Tile(level, index, FULL).path() + ".p";
    }

    /** The first entry of the log that it is over. */
    public long start() {
        return index << (HEIGHT * (Math.max(level, 0) + 1));
    }

    /** The tile of a level as it is in a tree of this size, full or partial; throws {@code IllegalArgumentException} when that has none. */
    public static Tile in(long size, int level, long index) {
        return new Tile(level, index, widthIn(size, level, index));
    }

    /** How wide the tile of a level is in a tree of this size; 0 when that tree has none there. */
    public static int widthIn(long size, int level, long index) {
        long atLevel = size >> (HEIGHT * Math.max(level, 0));
        return (int) Math.clamp(atLevel - (index << HEIGHT), 0, FULL);
    }

    /** The tiles, of entries and of every level, that a tree has and an earlier one had not: full ones first within a level. */
    public static List<Tile> added(long earlier, long later) {
        var tiles = new ArrayList<Tile>();
        addOf(ENTRIES, earlier, later, tiles);
        for (int level = 0; level <= MAX_LEVEL / HEIGHT && later >> (HEIGHT * level) > 0; level++) {
            addOf(level, earlier, later, tiles);
        }
        return tiles;
    }

    private static void addOf(int level, long earlier, long later, List<Tile> tiles) {
        long before = earlier >> (HEIGHT * Math.max(level, 0));
        long after = later >> (HEIGHT * Math.max(level, 0));
        if (before == after) {
            return;
        }
        for (long index = before >> HEIGHT; index << HEIGHT < after; index++) {
            tiles.add(new Tile(level, index, widthIn(later, level, index)));
        }
    }
}
