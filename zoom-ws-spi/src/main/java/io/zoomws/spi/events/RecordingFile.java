package io.zoomws.spi.events;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a recording.
 *
 * @param id of the file; some kinds have none
 * @param fileType {@code MP4}, {@code M4A}, {@code CHAT}, {@code TRANSCRIPT}, {@code TIMELINE} and others
 * @param fileExtension such as {@code MP4} or {@code VTT}
 * @param fileSize in bytes
 * @param recordingType what it shows, such as {@code shared_screen_with_speaker_view}
 * @param status {@code completed}, as a rule
 * @param recordingStart when this file begins: a recording that was stopped and begun again has several of each type
 * @param recordingEnd when this file ends
 */
public record RecordingFile(
        Optional<String> id,
        Optional<String> fileType,
        Optional<String> fileExtension,
        OptionalLong fileSize,
        Optional<String> recordingType,
        Optional<String> status,
        Optional<Instant> recordingStart,
        Optional<Instant> recordingEnd) {

    static RecordingFile read(Fields file) {
        return new RecordingFile(
                file.text("id"),
                file.text("file_type"),
                file.text("file_extension"),
                file.number("file_size"),
                file.text("recording_type"),
                file.text("status"),
                file.time("recording_start"),
                file.time("recording_end"));
    }
}
