package io.zoomws.plugin.camelroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.zoomws.plugin.camelroutes.Reload.Load;
import io.zoomws.plugin.camelroutes.Reload.Unload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadTest {

    private static final Content OLD = content("old");
    private static final Content NEW = content("new");

    private final Reload reload = new Reload();
    private final Map<String, Content> folder = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aNewFileIsLoadedOnceWhenTwoLooksAgree() {
        folder.put("a.yaml", OLD);

        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(new Load("a.yaml", OLD));
        reload.loaded(new Load("a.yaml", OLD));
        assertThat(look()).isEmpty();
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftAlone() {
        run("a.yaml", OLD);

        for (int i = 0; i < 5; i++) {
            folder.put("a.yaml", content("half".repeat(i)));
            assertThat(look()).isEmpty();
        }
        folder.put("a.yaml", NEW);
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(new Load("a.yaml", NEW));
    }

    @Test
    void oneThatIsWrittenAgainWithTheSameContentIsNotLoadedAgain() {
        run("a.yaml", OLD);

        folder.put("a.yaml", content("half"));
        look();
        folder.put("a.yaml", OLD);

        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
    }

    @Test
    void oneThatIsMovedIntoPlaceIsNeverUnloaded() {
        run("a.yaml", OLD);

        folder.remove("a.yaml");
        assertThat(look()).isEmpty();
        folder.put("a.yaml", NEW);
        assertThat(look()).isEmpty();
        assertThat(look()).containsExactly(new Load("a.yaml", NEW));
    }

    @Test
    void oneThatIsGoneIsUnloadedBeforeOthersAreLoaded() {
        run("b.yaml", OLD);

        folder.remove("b.yaml");
        folder.put("a.yaml", OLD);
        look();

        assertThat(look()).containsExactly(new Unload("b.yaml"), new Load("a.yaml", OLD));
        reload.unloaded(new Unload("b.yaml"));
        reload.loaded(new Load("a.yaml", OLD));
        assertThat(look()).isEmpty();
    }

    @Test
    void whatWasRefusedIsTriedAgainAfterAWhile() {
        refuse("a.yaml", NEW, false);

        assertThat(look()).isEmpty();
        now = now.plus(Reload.AGAIN);
        assertThat(look()).containsExactly(new Load("a.yaml", NEW));
        assertThat(reload.broken()).isEqualTo(1);
    }

    @Test
    void whatWasRefusedIsTriedWhenItIsMended() {
        run("a.yaml", OLD);
        refuse("a.yaml", NEW, true);

        folder.put("a.yaml", content("mended"));
        look();

        assertThat(look()).containsExactly(new Load("a.yaml", content("mended")));
        reload.loaded(new Load("a.yaml", content("mended")));
        assertThat(reload.broken()).isZero();
    }

    @Test
    void whatRunsIsNotStartedAgainWhenARefusedChangeIsTakenBack() {
        run("a.yaml", OLD);
        refuse("a.yaml", NEW, true);

        folder.put("a.yaml", OLD);
        look();

        assertThat(look()).isEmpty();
        assertThat(reload.broken()).isZero();
    }

    @Test
    void whatNoLongerRunsIsLoadedWhenARefusedChangeIsTakenBack() {
        run("a.yaml", OLD);
        refuse("a.yaml", NEW, false);

        folder.put("a.yaml", OLD);
        look();

        assertThat(look()).containsExactly(new Load("a.yaml", OLD));
    }

    @Test
    void whatWasRefusedIsTriedAgainWhenAnotherFileHasChanged() {
        refuse("a.yaml", NEW, false);

        run("b.yaml", OLD);

        assertThat(look()).containsExactly(new Load("a.yaml", NEW));
    }

    private void run(String file, Content content) {
        folder.put(file, content);
        look();
        assertThat(look()).containsExactly(new Load(file, content));
        reload.loaded(new Load(file, content));
    }

    private void refuse(String file, Content content, boolean stillRuns) {
        folder.put(file, content);
        look();
        assertThat(look()).containsExactly(new Load(file, content));
        reload.refused(new Load(file, content), stillRuns, now);
    }

    private List<Reload.Change> look() {
        return reload.look(folder, now);
    }

    private static Content content(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }
}
