package io.consentry.key;

import io.consentry.kernel.Settings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import org.jooq.DSLContext;

/** The keys of a program that is not this one, opened with its master key file. */
public final class KeysOfAFile {

    private KeysOfAFile() {}

    public static MasterKey master(Path file) {
        return new MasterKey(new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withDefaultValue("consentry.base-url", "http://localhost")
                .withDefaultValue("consentry.loopback-url", "http://127.0.0.1")
                .withDefaultValue("consentry.master-key-file", file.toString())
                .build()
                .getConfigMapping(Settings.class));
    }

    public static PersonKeys persons(DSLContext sql, MasterKey master) {
        return new PersonKeys(sql, master);
    }
}
