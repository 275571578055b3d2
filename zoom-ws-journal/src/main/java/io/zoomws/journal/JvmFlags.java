package io.zoomws.journal;

import io.zoomws.spi.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a JVM that writes a journal must be started with: Chronicle Queue reaches into packages of the JDK that are closed
 * otherwise. Without, it fails with an exception that names neither the option nor the place for it. Reading needs nothing.
 */
public final class JvmFlags {

    private static final List<String> OPENED = List.of("java.lang.reflect", "sun.nio.ch");

    private JvmFlags() {}

    /**
     * What this JVM lacks.
     *
     * @return the options to add, separated by blanks and in the form that a command line and {@code JAVA_TOOL_OPTIONS} both take;
     *     empty if a journal can be written
     */
    public static Optional<String> missing() {
        Module base = Object.class.getModule();
        Module ours = JvmFlags.class.getModule();
        return missing(name -> base.isOpen(name, ours));
    }

    /** Refuses to write a journal with a JVM that lacks some, before anything is touched. */
    static void require(Path journal) {
        missing().ifPresent(options -> {
            throw new JournalException("Cannot write the journal " + journal + ": start this JVM with the options "
                    + options + ", on its command line or in JAVA_TOOL_OPTIONS");
        });
    }

    static Optional<String> missing(Predicate<String> isOpen) {
        return Optional.of(OPENED.stream()
                        .filter(isOpen.negate())
                        .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                        .collect(Collectors.joining(" ")))
                .filter(options -> !options.isEmpty());
    }
}
