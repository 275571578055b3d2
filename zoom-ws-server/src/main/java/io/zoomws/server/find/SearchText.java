package io.zoomws.server.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is looked for. The id of a meeting may be given, and may stand in an event, as it is or encoded for a URL once or twice; its
 * number may be given with the blanks that Zoom shows.
 *
 * <p>Most entries are passed without being parsed: what is looked for is cut at each character that JSON or a URL may write in another
 * way, and an entry that does not hold each piece as it is does not hold the whole. Letters and digits may be written as escapes in
 * JSON, too; no writer of JSON does so, and such a one would not be found.
 */
public final class SearchText {

    private static final Pattern PIECE = Pattern.compile("[A-Za-z0-9_.~-]+");
    private static final Pattern SPACED_NUMBER = Pattern.compile("\\d+(?: \\d+)+");

    private final boolean ignoreCase;
    private final List<Form> forms = new ArrayList<>();

    private record Form(String text, List<ByteProbe> pieces) {}

    private SearchText(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    /**
     * A text to look for.
     *
     * @param text not blank
     * @param ignoreCase whether capital letters are taken for small ones
     * @return to be asked by one thread or many
     * @throws IllegalArgumentException if there is nothing to look for
     */
    public static SearchText of(String text, boolean ignoreCase) {
        String wanted = Percent.decode(text.strip());
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is nothing to look for: give an id, an address or any other text");
        }
        SearchText search = new SearchText(ignoreCase);
        search.add(wanted);
        if (SPACED_NUMBER.matcher(wanted).matches()) {
            search.add(wanted.replace(" ", ""));
        }
        return search;
    }

    private void add(String text) {
        List<ByteProbe> pieces = new ArrayList<>();
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            pieces.add(new ByteProbe(piece.group(), ignoreCase));
        }
        forms.add(new Form(fold(text), pieces));
    }

    private String fold(String text) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    /**
     * Whether a frame is worth parsing.
     *
     * @param frame the bytes as received
     * @return false if it surely holds no such text
     */
    public boolean mayBeIn(byte[] frame) {
        for (Form form : forms) {
            boolean all = true;
            for (int i = 0; all && i < form.pieces().size(); i++) {
                all = form.pieces().get(i).isIn(frame);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a text holds what is looked for.
     *
     * @param value of a field, without JSON's escapes
     * @return whether it does, as it is or when it is decoded
     */
    public boolean isIn(String value) {
        String plain = fold(value);
        String decoded = value.indexOf('%') < 0 ? plain : fold(Percent.decode(value));
        return forms.stream().anyMatch(form -> plain.contains(form.text()) || decoded.contains(form.text()));
    }

    /**
     * Whether this is the very id of an event, as {@code journal cat} prints it: that is in no frame.
     *
     * @param id of an event
     * @return whether it is
     */
    public boolean isId(String id) {
        return forms.stream().anyMatch(form -> form.text().equals(fold(id)));
    }

    /**
     * Whether it may be the id of an event.
     *
     * @param length of such an id
     * @return whether it is as long as one
     */
    boolean isAsLongAs(int length) {
        return forms.stream().anyMatch(form -> form.text().length() == length);
    }
}
