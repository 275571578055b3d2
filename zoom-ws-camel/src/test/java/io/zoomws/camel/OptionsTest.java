package io.zoomws.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.fixtures.MemoryJournal;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told who wrote something that is not allowed. */
class OptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=yesterday | zoomws:main: from=yesterday is not allowed: use earliest, latest, a sequence number from 1, or a time with offset such as 2026-11-23T20:00:00Z
            source=replay&to=0 | zoomws:main: to=0 is not allowed: use earliest, latest, a sequence number from 1, or a time with offset such as 2026-11-23T20:00:00Z
            to=5 | zoomws:main: to=5 is not allowed: only source=replay ends; leave it out, or add source=replay
            source=lively | zoomws:main: source=lively is not allowed: use tail, replay or live
            source=live&standby=true&cursor=c | zoomws:main: standby=true is not allowed: a journal has one writer; let the standby read it with source=tail
            maxInflight=0 | zoomws:main: maxInflight=0 is not allowed: use 1 to 1000
            maxInflight=1001 | zoomws:main: maxInflight=1001 is not allowed: use 1 to 1000
            onLostPosition=x | zoomws:main: onLostPosition=x is not allowed: use stop, earliest or latest
            standby=true | zoomws:main: standby=true is not allowed: what is waited for is a cursor; add cursor=NAME
            redeliveryDelay=0 | zoomws:main: redeliveryDelay=0 is not allowed: use 1 ms or more
            events=a,,b | zoomws:main: events=a,,b is not allowed: use types separated by commas, with * for any characters: meeting.*,user.created
            cursor=c | zoomws:main: cursor=c is not allowed: the registry holds no cursors for this subscription: bind a Cursors as zoomws-cursors-main
            """)
    void aBadOptionIsNamedWithItsValueAndWhatIsAllowed(String options, String message) throws Exception {
        assertThat(problem("zoomws:main?" + options, true)).isEqualTo(message);
    }

    @Test
    void aSubscriptionThatIsMissingIsAskedFor() throws Exception {
        assertThat(problem("zoomws:?source=replay", true))
                .isEqualTo(
                        "zoomws: the subscription is missing: write zoomws:NAME, as zoomws:main, with the name of its journal");
    }

    @Test
    void withoutReaderAndDataTheUserIsToldBothWays() throws Exception {
        assertThat(problem("zoomws:main", false))
                .isEqualTo(
                        "zoomws:main: data is missing: add data=DIRECTORY, the data directory of the server, or bind a"
                                + " JournalReader as zoomws-reader-main in the registry");
    }

    @Test
    void aDirectoryWithoutTheJournalSaysSo(@TempDir Path data) throws Exception {
        assertThat(problem("zoomws:main?data=" + data, false))
                .isEqualTo("zoomws:main: data=" + data
                        + ": there is no journal of subscription main; this directory holds none");
    }

    private static String problem(String uri, boolean withReader) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            if (withReader) {
                // The reader alone: an object that is Cursors as well would be found by type.
                MemoryJournal journal = new MemoryJournal();
                camel.getRegistry().bind("zoomws-reader-main", new ReaderOnly(journal));
            }
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).to("mock:out");
                }
            });
            try {
                camel.start();
            } catch (Exception e) {
                Throwable cause = e;
                while (!(cause instanceof IllegalArgumentException) && cause.getCause() != null) {
                    cause = cause.getCause();
                }
                return String.valueOf(cause.getMessage());
            }
            return "it started";
        }
    }

    private record ReaderOnly(io.zoomws.spi.JournalReader reader) implements io.zoomws.spi.JournalReader {
        @Override
        public String subscription() {
            return reader.subscription();
        }

        @Override
        public long resolve(io.zoomws.spi.Position position) {
            return reader.resolve(position);
        }

        @Override
        public io.zoomws.spi.Tailer tail(long sequence) {
            return reader.tail(sequence);
        }

        @Override
        public void close() {}
    }
}
