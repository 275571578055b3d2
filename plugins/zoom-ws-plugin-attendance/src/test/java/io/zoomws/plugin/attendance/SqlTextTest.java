package io.zoomws.plugin.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {

    @Test
    void leavesAloneWhatCanBeStored() {
        assertThat(SqlText.of("équipe & 東京 🚀\n")).contains("équipe & 東京 🚀\n");
        assertThat(SqlText.id("gj+3BbDSuoQ2SQSs/3WKTK==")).contains("gj+3BbDSuoQ2SQSs/3WKTK==");
    }

    @Test
    void replacesNulAndHalvesOfCharacters() {
        assertThat(SqlText.of("a\0b\uD83Dc")).contains("a\uFFFDb\uFFFDc");
    }

    @Test
    void cutsLongTextBetweenCharacters() {
        assertThat(SqlText.of("x".repeat(999) + "🚀🚀")).contains("x".repeat(999));
        assertThat(SqlText.of("x".repeat(998) + "🚀🚀")).contains("x".repeat(998) + "🚀");
    }

    @Test
    void blankTextIsNone() {
        assertThat(SqlText.of(" \t")).isEmpty();
        assertThat(SqlText.id("")).isEmpty();
    }

    @Test
    void longIdsStayDifferent() {
        String one = SqlText.id("x".repeat(1_000_000) + "1").orElseThrow();
        String other = SqlText.id("x".repeat(1_000_000) + "2").orElseThrow();

        assertThat(one).hasSize(125).startsWith("x".repeat(60) + "#").isNotEqualTo(other);
    }

    @Test
    void idsThatDifferInWhatCannotBeStoredStayDifferent() {
        assertThat(SqlText.id("a\0")).isNotEqualTo(SqlText.id("a\uFFFD")).isNotEqualTo(SqlText.id("a\uD83D"));
    }
}
