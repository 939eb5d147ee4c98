package io.consentry.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consentry.launch.StartFailure;
import io.consentry.requirement.Requirement;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.HibernateValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A setting beyond its bound refuses to start, and says which it is, what it is and what it may be. */
class SettingBoundsTest {

    private static final ValidatorFactory FACTORY = Validation.byProvider(HibernateValidator.class)
            .configure()
            .defaultLocale(Locale.ENGLISH)
            .buildValidatorFactory();
    private static final BeanValidationConfigValidator VALIDATOR = FACTORY::getValidator;

    /** Lengths of time, numbers and sizes: what can be too small or too large. */
    private static final Set<Class<?>> MEASURES = Set.of(Duration.class, int.class, double.class, MemorySize.class);

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @ParameterizedTest
    @MethodSource("measures")
    void whatCanBeTooSmallOrTooLargeHasTwoBounds(Setting setting) {
        assertThat(Bounds.of(setting)).as(setting.variable()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("measures")
    void aSettingStartsAtItsBoundsAndNotBeyondThem(Setting setting) {
        Bounds bounds = Bounds.of(setting).orElseThrow();

        assertThatCode(() -> start(setting, bounds.least())).doesNotThrowAnyException();
        assertThatCode(() -> start(setting, bounds.most())).doesNotThrowAnyException();

        assertThat(refusal(setting, bounds.below())).startsWith(sentence(setting, bounds.below()));
        assertThat(refusal(setting, bounds.above())).startsWith(sentence(setting, bounds.above()));
    }

    @Test
    void everyDefaultLiesWithinItsBounds() {
        assertThatCode(() -> measures()
                        .forEach(setting -> start(setting, setting.byDefault().orElseThrow())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "consentry.authorization.code-lifetime, PT1H, must be at most 60 s (FAPI 2.0 §5.3.2.1-11",
        "consentry.authorization.code-lifetime, PT61S, must be at most 60 s (FAPI 2.0 §5.3.2.1-11",
        "consentry.authorization.request-uri-lifetime, PT1H, must be less than 600 s (FAPI 2.0 §5.3.2.2-12)",
        "consentry.authorization.request-uri-lifetime, PT600S, must be less than 600 s (FAPI 2.0 §5.3.2.2-12)",
        "consentry.token.clock-skew, PT9S, must be at least 10 s (FAPI 2.0 §5.3.2.1-13)",
        "consentry.token.clock-skew, PT61S, must be at most 60 s (FAPI 2.0 §5.3.2.1-13)"
    })
    @Requirement("CX-OP-1")
    void whatWouldBreakAStandardIsRefusedByItsClause(String name, String value, String why) {
        Setting setting = SettingsList.all()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(refusal(setting, value)).startsWith(sentence(setting, value) + why);
    }

    static Stream<Setting> measures() {
        return SettingsList.all().filter(setting -> MEASURES.contains(setting.type()));
    }

    private static String sentence(Setting setting, String value) {
        return setting.variable().replace("<NAME>", "HDB") + " is " + value + ", and ";
    }

    private static String refusal(Setting setting, String value) {
        String name = name(setting);
        System.setProperty(name, value);
        try {
            var refused = catchThrowableOfType(ConfigValidationException.class, () -> start(setting, value));
            assertThat(refused).as(name + " " + value).isNotNull();
            return new StartFailure(refused).sentence();
        } finally {
            System.clearProperty(name);
        }
    }

    /** Reads the mapping as a start does, with no more set than must be. */
    private static void start(Setting setting, String value) {
        new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(setting.mapping())
                .withValidator(VALIDATOR)
                .withValidateUnknown(false)
                .withDefaultValue("consentry.base-url", "http://localhost:8080")
                .withDefaultValue("consentry.loopback-url", "http://127.0.0.1:8080")
                .withDefaultValue("consentry.source.agencies-url", "http://127.0.0.1:8080")
                .withDefaultValue(name(setting), value)
                .build();
    }

    private static String name(Setting setting) {
        return setting.name().replace(Setting.OWN_WORD, "hdb");
    }
}
