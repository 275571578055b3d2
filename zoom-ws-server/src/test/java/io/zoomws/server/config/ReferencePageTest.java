package io.zoomws.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferencePageTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void thePageIsWhatTheDeclarationsSay() throws Exception {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, ReferencePage.text());
        }

        assertThat(PAGE)
                .as("docs/configuration.md is out of date: write it anew with 'mvn -pl zoom-ws-server -am test"
                        + " -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true'")
                .hasContent(ReferencePage.text());
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void everyKeySaysWhatItIsForAndItsDefaultIsAllowed(Key key) {
        assertThat(key.text()).endsWith(".").doesNotContain("|");
        if (!key.allowed().least().isEmpty() && !key.standard().isEmpty()) {
            boolean duration = key.allowed().text().startsWith("duration");
            assertThat(
                            duration
                                    ? key.allowed().duration(key.standard())
                                    : key.allowed().bytes(key.standard()))
                    .isNotNull();
        }
    }
}
