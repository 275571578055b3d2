package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmFlagsTest {

    @Test
    void aJvmThatWasStartedForWritingLacksNothing() {
        assertThat(JvmFlags.missing()).isEmpty();
    }

    @Test
    void allThatIsClosedIsNamed() {
        assertThat(JvmFlags.missing(name -> false))
                .hasValue("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED"
                        + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    }

    @Test
    void whatIsOpenIsNotNamed() {
        assertThat(JvmFlags.missing("java.lang.reflect"::equals))
                .hasValue("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    }
}
