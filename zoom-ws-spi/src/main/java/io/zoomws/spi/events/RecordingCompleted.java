package io.zoomws.spi.events;

import io.zoomws.spi.ZoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A recording of a meeting can be fetched from Zoom's cloud.
 *
 * <p>Source: {@code recording.completed} in Zoom's event reference for Meetings.
 *
 * <p><b>To fetch a file</b> takes its {@code download_url} and the event's {@code download_token}, which lets anybody in for
 * a day. Neither is a component; ask the event for {@code /payload/object/recording_files/<n>/download_url}, where {@code n} is
 * the place in {@link #recordingFiles()} from 0, and for {@code /download_token}.
 *
 * @param meeting what was recorded
 * @param recordingCount how many files there are, according to Zoom
 * @param totalSize of all files, in bytes
 * @param recordingFiles the files in the order of the event: {@value #MOST_FILES} at most, and those up to the first of which
 *     nothing is known; {@code recordingCount} tells of more
 */
public record RecordingCompleted(
        Meeting meeting, OptionalInt recordingCount, OptionalLong totalSize, List<RecordingFile> recordingFiles)
        implements KnownEvent {

    /** The type of the event. */
    public static final String TYPE = "recording.completed";

    /** How many files are read. Meetings have about five for each time that recording was begun. */
    public static final int MOST_FILES = 100;

    /**
     * Makes the list immutable.
     *
     * @param meeting as above
     * @param recordingCount as above
     * @param totalSize as above
     * @param recordingFiles as above
     */
    public RecordingCompleted {
        recordingFiles = List.copyOf(recordingFiles);
    }

    /**
     * Reads an event.
     *
     * @param event any event
     * @return the record; empty if the event is of another type
     */
    public static Optional<RecordingCompleted> of(ZoomEvent event) {
        return event.type().equals(TYPE) ? Optional.of(read(event)) : Optional.empty();
    }

    static RecordingCompleted read(ZoomEvent event) {
        Fields object = Fields.object(event);
        return new RecordingCompleted(
                Meeting.read(object),
                object.smallNumber("recording_count"),
                object.number("total_size"),
                files(object.in("recording_files")));
    }

    private static List<RecordingFile> files(Fields array) {
        RecordingFile nothing = RecordingFile.read(array.in("none"));
        List<RecordingFile> files = new ArrayList<>();
        while (files.size() < MOST_FILES) {
            RecordingFile file = RecordingFile.read(array.in(Integer.toString(files.size())));
            if (file.equals(nothing)) {
                break;
            }
            files.add(file);
        }
        return files;
    }
}
