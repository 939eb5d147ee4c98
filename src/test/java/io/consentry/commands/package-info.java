/** The commands that people call, and what stands around the program: scripts and container files. */
@NullMarked
package io.consentry.commands;

import org.jspecify.annotations.NullMarked;
