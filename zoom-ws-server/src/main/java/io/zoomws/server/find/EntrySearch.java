package io.zoomws.server.find;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.zoomws.spi.Entry;
import io.zoomws.spi.ZoomEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says where in an entry a text is: by JSON Pointers into an event's content, or into a frame. One thread. */
public final class EntrySearch {

    /** Stands for the id that the journal gives an event. */
    public static final String ID = "id";

    /** Stands for a frame that is no JSON as a whole. */
    public static final String FRAME = "frame";

    /** 16 bytes in Base64, without padding. */
    private static final int ID_LENGTH = 22;

    private final SearchText text;
    private final JsonFactory json;
    private final boolean mayBeId;

    /**
     * Looks for a text.
     *
     * @param text what
     * @param json reads whatever was received
     */
    public EntrySearch(SearchText text, JsonFactory json) {
        this.text = text;
        this.json = json;
        this.mayBeId = text.isAsLongAs(ID_LENGTH);
    }

    /**
     * Looks into one entry.
     *
     * @param entry of any kind
     * @return where it is, in the order of the content; empty if it is not
     */
    public List<String> places(Entry entry) {
        List<String> places = new ArrayList<>();
        if (mayBeId && entry instanceof ZoomEvent event && text.isId(event.id())) {
            places.add(ID);
        }
        byte[] payload = entry.payload();
        if (!text.mayBeIn(payload)) {
            return places;
        }
        String content = entry instanceof ZoomEvent event ? event.json() : new String(payload, StandardCharsets.UTF_8);
        List<String> inside = pointers(content);
        if (inside != null) {
            places.addAll(inside);
        } else if (text.isIn(content)) {
            places.add(FRAME);
        }
        return places;
    }

    /** Null if it is no JSON. */
    private @Nullable List<String> pointers(String content) {
        List<String> pointers = new ArrayList<>();
        try (JsonParser parser = json.createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && text.isIn(parser.getText())) {
                    String pointer = parser.getParsingContext().pathAsPointer().toString();
                    pointers.add(pointer.isEmpty() ? FRAME : pointer);
                }
            }
            return pointers;
        } catch (JsonProcessingException noJson) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
    }
}
