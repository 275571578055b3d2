package io.zoomws.plugin.camelroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads of a file that does not run. */
class DiagnosisTest {

    private static final String NONE_RUNS = "; none of its routes runs";

    @TempDir
    Path directory;

    private Workshop work;

    @BeforeEach
    void open() throws IOException {
        work = new Workshop(directory);
    }

    @AfterEach
    void close() throws InterruptedException {
        work.close();
    }

    @Test
    void aRouteWithoutAnId() throws Exception {
        assertRefused(
                "# one\n- from:\n    uri: zoomws:main\n    steps:\n      - to: log:a\n",
                "r.yaml:2: this route has no id, under which its position is saved: add 'id: NAME' to 'route:'");
    }

    @Test
    void anIdThatIsNoNameForACursor() throws Exception {
        assertRefused(
                route("my mails", "zoomws:main", "log:a"),
                "r.yaml:1: 'my mails' is no id for a route here: use letters, digits, dot, hyphen and underscore, beginning"
                        + " with a letter or digit");
    }

    @Test
    void twoRoutesWithOneId() throws Exception {
        assertRefused(
                route("a", "zoomws:main", "log:a") + route("a", "zoomws:main", "log:a"),
                "r.yaml:7: this file has two routes with the id a: give each its own");
    }

    @Test
    void anotherSubscription() throws Exception {
        assertRefused(
                route("a", "zoomws:others?events=meeting.*", "log:a"),
                "r.yaml:4: zoomws:others is another subscription than the instance's, main: use zoomws:main, or an instance"
                        + " of camel-routes for the other one");
    }

    @Test
    void aDataDirectory() throws Exception {
        assertRefused(
                route("a", "zoomws:main?data=/var/lib", "log:a"),
                "r.yaml:4: data is not for routes inside the server, which read its own journal: leave it out");
    }

    @Test
    void aConnectionOfItsOwn() throws Exception {
        assertRefused(
                route("a", "zoomws:main?source=live", "log:a"),
                "r.yaml:4: source=live is not for routes inside the server, which receives already: leave it out");
    }

    @Test
    void anOptionOfOursWithAWrongValue() throws Exception {
        assertRefused(
                route("a", "zoomws:main?from=yesterday", "log:a"),
                "r.yaml:1: zoomws:main: from=yesterday is not allowed: use earliest, latest, a sequence number from 1, or a"
                        + " time with offset such as 2026-11-23T20:00:00Z");
    }

    @Test
    void aComponentThatIsNotThere() throws Exception {
        assertRefused(
                route("a", "zoomws:main", "kafka:topic?saslJaasConfig=hidden"),
                "r.yaml:6: there is no component kafka: put its jar, as a rule camel-kafka-4.22.0.jar, and those that it needs"
                        + " into /plugins/camel-routes, and restart sales");
    }

    @Test
    void anOptionThatAComponentHasNot() throws Exception {
        assertRefused(
                route("a", "zoomws:main", "file:out?fileNam=hidden"),
                "r.yaml:6: the component file has no option fileNam");
    }

    @Test
    void aPlaceholderWithoutAValue() throws Exception {
        assertRefused(
                route("a", "zoomws:main", "file:{{env:NOT_SET_HERE}}"),
                "r.yaml:6: {{env:NOT_SET_HERE}} has no value: set it, or write {{env:NOT_SET_HERE:DEFAULT}}");
    }

    @Test
    void aStepThatDoesNotExist() throws Exception {
        assertRefused(route("a", "zoomws:main", "log:a").replace("- to:", "- too:"), "r.yaml:6: Unknown node id: too");
    }

    @Test
    void noYaml() throws Exception {
        assertRefused(
                "- route:\n  id: [\n",
                "r.yaml:3: this is no YAML: expected the node content, but found '<stream end>'");
    }

    @Test
    void noRoute() throws Exception {
        assertRefused("- beans:\n    - name: x\n      type: java.util.ArrayList\n", "r.yaml: it holds no route");
    }

    private void assertRefused(String yaml, String reason) throws IOException {
        work.with("r.yaml", yaml);
        assertThat(work.errors()).containsExactly("sales: " + reason + NONE_RUNS);
        assertThat(work.journal.openCursors()).isZero();
    }

    private static String route(String id, String from, String to) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n        - to: " + to
                + "\n";
    }
}
