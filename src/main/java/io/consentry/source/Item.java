package io.consentry.source;

import io.consentry.kernel.AttributeName;

/**
 * One datum of a source: the attribute it becomes, and the source's own name for it.
 *
 * @param attribute the catalogue's name
 * @param group the object or list of records in the source's answer that holds it
 * @param member its name within that object or within each record
 * @param decoder how its native form becomes Myinfo's
 */
record Item(AttributeName attribute, String group, String member, Decoder decoder) {

    /** Reads the attribute {@code name} from {@code group.member}. */
    static Item of(String name, String path, Decoder decoder) {
        int dot = path.indexOf('.');
        return new Item(new AttributeName(name), path.substring(0, dot), path.substring(dot + 1), decoder);
    }

    /** The name by which the source is asked for it. */
    String path() {
        return group + "." + member;
    }
}
