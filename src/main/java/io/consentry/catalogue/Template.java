package io.consentry.catalogue;

/**
 * A purpose as the catalogue holds it.
 *
 * @param withdrawn whether nobody may ask for it any more; then its grants release nothing either
 */
record Template(Purpose purpose, boolean withdrawn) {}
