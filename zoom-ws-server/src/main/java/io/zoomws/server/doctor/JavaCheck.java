package io.zoomws.server.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** Judges the JVM: what the journal's library reaches into has to be open, which only an option or a manifest can do. */
final class JavaCheck {

    private static final List<String> NEEDED = List.of("java.lang.reflect", "sun.nio.ch");
    private static final int NEWEST_TESTED = 25;

    /**
     * What was found.
     *
     * @param feature for example 17
     * @param version the whole version
     * @param platform system and processor
     * @param closed packages of {@code java.base} that are needed and not open
     */
    record Facts(int feature, String version, String platform, List<String> closed) {

        static Facts ofThisProcess() {
            Module base = Object.class.getModule();
            return new Facts(
                    Runtime.version().feature(),
                    Runtime.version().toString(),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                    NEEDED.stream()
                            .filter(name -> !base.isOpen(name, JavaCheck.class.getModule()))
                            .toList());
        }
    }

    private JavaCheck() {}

    static Verdict judge(Facts facts) {
        String java = "Java " + facts.version() + " on " + facts.platform();
        if (!facts.closed().isEmpty()) {
            String options = facts.closed().stream()
                    .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                    .collect(Collectors.joining(" "));
            return Verdict.failure(
                    java + " does not open " + String.join(" and ", facts.closed()) + ", which the journal needs",
                    "start it with ./zoom-ws or java -jar, which open them, or add " + options);
        }
        if (facts.feature() > NEWEST_TESTED) {
            return Verdict.warning(
                    java + " is newer than any that zoom-ws is tested with",
                    "use a Java from 17 to " + NEWEST_TESTED + " if the journal cannot be opened");
        }
        return Verdict.ok(java);
    }
}
