package io.zoomws.server.demo;

/**
 * What became of the events of a demonstration. The numbers come from three places that know nothing of each other: the
 * simulator, a new reader of the journal, and the plugin host.
 *
 * @param sent events that the simulator wrote to a live connection
 * @param journaled events in the journal, repeats included
 * @param duplicates those of them that repeat an earlier one, which plugins are not handed
 * @param handled events that the plugin handled
 * @param gaps intervals without a proven connection
 */
public record DemoSummary(long sent, long journaled, long duplicates, long handled, long gaps) {

    /**
     * Whether nothing was lost on the way.
     *
     * @return true if every event sent was journaled and, unless it was a repeat, handled
     */
    public boolean agrees() {
        return sent == journaled && journaled - duplicates == handled;
    }

    /**
     * The summary for people.
     *
     * @return one line
     */
    public String line() {
        String repeats = duplicates == 0 ? "" : ", duplicates " + duplicates;
        String verdict = agrees() ? "" : "  THESE NUMBERS SHOULD AGREE";
        return "sent " + sent + ", journaled " + journaled + ", handled " + handled + repeats + ", gaps " + gaps
                + verdict;
    }
}
