package io.consentry.source;

import io.consentry.catalogue.Attribute;

/** What is noticed about a source's answer: names and lengths, never a value. */
interface Remarks {

    /** The attribute was dropped, since a member that it needs is not in the agreed form. */
    void malformed(Attribute attribute, Item item);

    /** A text of the attribute has more characters than the catalogue documents; it is true all the same, and sent on. */
    void overlong(Attribute attribute, int length);
}
