package io.consentry.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries as they are served: each after its length in two bytes, the higher first (C2SP tlog-tiles). */
public final class EntryBundle {

    private static final int MAX_ENTRY = 0xFFFF;

    private EntryBundle() {}

    /** Up to 256 entries, one after the other. */
    public static byte[] format(List<byte[]> entries) {
        var bundle = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new IllegalArgumentException("an entry has at most 65535 bytes");
            }
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    /**
     * The first {@code width} entries of a bundle, which may hold more of them, and nothing else.
     *
     * @throws InconsistentTreeException when it holds fewer, or anything else
     */
    public static List<byte[]> parse(byte[] bundle, int width) {
        var entries = new ArrayList<byte[]>(width);
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining()) {
            int length = rest.remaining() < 2 ? MAX_ENTRY : Short.toUnsignedInt(rest.getShort());
            if (rest.remaining() < length || entries.size() == Tile.FULL) {
                throw new InconsistentTreeException("a bundle of entries ends within one, or holds too many");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (entries.size() < width) {
            throw new InconsistentTreeException("a bundle holds " + entries.size() + " entries, not " + width);
        }
        return entries.subList(0, width);
    }
}
