package io.zoomws.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may name which library and which other module, with the reason in the message of whoever breaks it. */
class ArchitectureTest {

    private static final JavaClasses MODULES = new ClassFileImporter()
            .importPackages(
                    "io.zoomws.spi..",
                    "io.zoomws.auth..",
                    "io.zoomws.core..",
                    "io.zoomws.journal..",
                    "io.zoomws.feed..",
                    "io.zoomws.simulator..",
                    "io.zoomws.camel..",
                    "io.zoomws.server..",
                    "io.zoomws.plugin..",
                    "io.zoomws.fixtures..",
                    "io.zoomws.testkit..");

    static Stream<Arguments> libraries() {
        return Stream.of(
                Arguments.of(
                        "net.openhft..",
                        List.of("journal"),
                        "the storage can be changed or upgraded in one module only if nothing of its API leaves it"),
                Arguments.of(
                        "io.netty..",
                        List.of("core", "simulator"),
                        "buffers with a life cycle stay on the event loop; every border speaks java.nio"),
                Arguments.of(
                        "org.apache.camel..",
                        List.of("camel", "plugin.camelroutes"),
                        "whoever does not use Camel must not load it"),
                Arguments.of("java.net.http..", List.of("auth"), "one place decides time limits, sizes and redirects"),
                Arguments.of(
                        "com.google.inject..",
                        List.of("spi", "server"),
                        "modules take their collaborators through constructors; the composition root alone knows the container"),
                Arguments.of("picocli..", List.of("server"), "the command line is the server's"),
                Arguments.of("io.javalin..", List.of("server"), "a library does not listen on ports"),
                Arguments.of("org.eclipse.jetty..", List.of("server"), "a library does not listen on ports"),
                Arguments.of(
                        "io.micrometer..",
                        List.of("server"),
                        "modules tell how they are as values; one place names metrics"),
                Arguments.of("org.h2..", List.of("plugin"), "a database is a plugin's own affair"),
                Arguments.of("org.postgresql..", List.of("plugin"), "a database is a plugin's own affair"),
                Arguments.of("io.smallrye..", List.of("server"), "configuration is read in one place"),
                Arguments.of("org.eclipse.microprofile..", List.of("server"), "configuration is read in one place"),
                Arguments.of(
                        "ch.qos.logback..",
                        List.of("server", "fixtures"),
                        "a library leaves the choice of logging to its user"),
                Arguments.of(
                        "com.fasterxml.jackson..",
                        // The testkit answers for JSON Pointers as the journal does, and is no part of a plugin that
                        // runs.
                        List.of("auth", "core", "journal", "feed", "camel", "server", "simulator", "testkit"),
                        "a plugin brings the Jackson it likes, so the contract must not show ours"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("libraries")
    void aLibraryIsNamedOnlyWhereItBelongs(String library, List<String> modules, String reason) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages(modules))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(reason)
                .check(MODULES);
    }

    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("spi", List.of(), "it is the bottom: plugin authors compile against it"),
                Arguments.of("auth", List.of(), "a token has nothing to do with sockets or storage"),
                Arguments.of("journal", List.of("spi"), "storage does not know where frames come from"),
                Arguments.of("core", List.of("spi", "auth"), "the connection does not know where frames go"),
                Arguments.of(
                        "feed",
                        List.of("spi", "auth", "core", "journal"),
                        "it is where frames meet storage, and knows nothing of who reads them"),
                Arguments.of("simulator", List.of(), "a misreading of the protocol must not cancel itself out"),
                Arguments.of(
                        "camel",
                        List.of("spi", "journal", "core", "auth", "feed"),
                        "it runs in other people's contexts"),
                Arguments.of(
                        "server",
                        List.of("spi", "auth", "core", "journal", "feed", "camel", "simulator"),
                        "it composes every module, and no plugin"),
                Arguments.of("plugin", List.of("spi"), "a shipped plugin has no privilege over a stranger's"),
                Arguments.of("fixtures", List.of("spi"), "it helps to test the others, none of which may need it"),
                Arguments.of(
                        "testkit",
                        List.of("spi", "simulator"),
                        "authors of plugins test with it, and have neither a server nor a journal"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void aModuleKnowsOnlyWhatItMayKnow(String module, List<String> known, String reason) {
        Set<String> foreign = new TreeSet<>(List.of(
                "spi",
                "auth",
                "core",
                "journal",
                "feed",
                "simulator",
                "camel",
                "server",
                "plugin",
                "fixtures",
                "testkit"));
        foreign.remove(module);
        known.forEach(foreign::remove);
        noClasses()
                .that()
                .resideInAPackage("io.zoomws." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(List.copyOf(foreign)))
                .because(reason)
                .check(MODULES);
    }

    @Test
    void thePluginContractNamesNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.zoomws.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "io.zoomws.spi..", "org.jspecify..", "jakarta.inject..", "com.google.inject..")
                .because("what it names, every plugin must load from the host")
                .check(MODULES);
    }

    @Test
    void noPackageIsADrawerForEverything() {
        assertThat(MODULES.stream().map(JavaClass::getPackageName).distinct())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name.split("\\."))
                        .doesNotContain("util", "utils", "common", "impl", "helper", "helpers", "manager")
                        .hasSizeLessThanOrEqualTo(4));
    }

    @Test
    void everyModuleWasLookedAt() {
        assertThat(modules().map(module -> (String) module.get()[0])).allSatisfy(module -> assertThat(MODULES.stream()
                        .filter(type -> (type.getPackageName() + ".").startsWith("io.zoomws." + module + ".")))
                .isNotEmpty());
    }

    private static String[] packages(List<String> modules) {
        return modules.stream().map(module -> "io.zoomws." + module + "..").toArray(String[]::new);
    }
}
