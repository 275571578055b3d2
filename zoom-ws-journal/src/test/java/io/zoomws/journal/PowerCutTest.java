package io.zoomws.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That what was announced is on the disk, and not only on its way: see {@link PowerCut}. */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class PowerCutTest {

    private static final int CUTS = Integer.getInteger("campaign.cuts", 3);

    private static final List<String> NAMESPACE =
            List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc");

    @TempDir
    Path root;

    private List<String> cut(String mode, int cuts, long seed) throws Exception {
        Tools.assume("mkfs.xfs", "-V");
        Tools.assume("mkfs.ext4", "-V");
        Tools.assume("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "losetup", "--find");
        List<String> command = new ArrayList<>(NAMESPACE);
        command.addAll(JournalChild.java(PowerCut.class));
        command.addAll(List.of(root.toString(), Integer.toString(cuts), Long.toString(seed), mode));
        Process process = new ProcessBuilder(command)
                .redirectError(new File("/dev/stderr"))
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            if (said.startsWith(PowerCut.IMPOSSIBLE)) {
                System.out.println("SKIPPED: " + said);
                Assumptions.abort(said);
            }
            return said.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatWasAnnouncedSurvivesACutOfThePower() throws Exception {
        long seed = Long.getLong("campaign.seed", System.nanoTime());
        System.out.println("PowerCutTest: " + CUTS + " cuts, seed " + seed);

        List<String> results = cut("write cold", CUTS, seed);

        assertThat(results).hasSize(CUTS).allSatisfy(result -> assertThat(result)
                .startsWith("kept "));
        System.out.println("PowerCutTest: " + results);
    }

    /** Or else the test before this one could not fail. */
    @Test
    void withoutABarrierACutOfThePowerIsNotSurvived() throws Exception {
        assertThat(cut("write without barrier", 1, 1)).hasSize(1).allSatisfy(result -> assertThat(result)
                .startsWith("LOST "));
    }
}
