package io.zoomws.server.doctor;

import io.zoomws.journal.JvmFlags;
import java.util.Optional;

/** Judges the JVM: what the journal's library reaches into has to be open, which only an option or a manifest can do. */
final class JavaCheck {

    private static final int NEWEST_TESTED = 25;

    /**
     * What was found.
     *
     * @param feature for example 17
     * @param version the whole version
     * @param platform system and processor
     * @param missing options without which no journal can be written
     */
    record Facts(int feature, String version, String platform, Optional<String> missing) {

        static Facts ofThisProcess() {
            return new Facts(
                    Runtime.version().feature(),
                    Runtime.version().toString(),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                    JvmFlags.missing());
        }
    }

    private JavaCheck() {}

    static Verdict judge(Facts facts) {
        String java = "Java " + facts.version() + " on " + facts.platform();
        if (facts.missing().isPresent()) {
            return Verdict.failure(
                    java + " does not open to the journal what it needs",
                    "start it with ./zoom-ws or java -jar, which do, or add "
                            + facts.missing().get());
        }
        if (facts.feature() > NEWEST_TESTED) {
            return Verdict.warning(
                    java + " is newer than any that zoom-ws is tested with",
                    "use a Java from 17 to " + NEWEST_TESTED + " if the journal cannot be opened");
        }
        return Verdict.ok(java);
    }
}
