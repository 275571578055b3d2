package io.zoomws.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JSON files of a directory in the order of their names, over and over, each exactly as it is but for white space. */
final class DirectoryEvents implements EventSource {

    private final List<String> events;
    private int next;

    private DirectoryEvents(List<String> events) {
        this.events = events;
    }

    static DirectoryEvents read(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new SimulatorException(
                    "there is no directory " + directory + ": name one that holds events as .json files");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> events = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(DirectoryEvents::event)
                    .toList();
            if (events.isEmpty()) {
                throw new SimulatorException(
                        "there is no .json file in " + directory + ": put one event into each file");
            }
            return new DirectoryEvents(events);
        } catch (IOException e) {
            throw new SimulatorException("the directory " + directory + " cannot be listed: " + e, e);
        }
    }

    private static String event(Path file) {
        try {
            String text = Files.readString(file);
            JsonNode tree = new ObjectMapper().readTree(text);
            if (!tree.isObject() || !tree.path("event").isTextual()) {
                throw new SimulatorException(file + " is no event: it must be a JSON object with a text \"event\"");
            }
            return CompactJson.of(text);
        } catch (JsonProcessingException e) {
            throw new SimulatorException(
                    file + " is no JSON (line " + e.getLocation().getLineNr() + "): " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SimulatorException(file + " cannot be read as UTF-8: " + e, e);
        }
    }

    @Override
    public String next() {
        String event = events.get(next);
        next = (next + 1) % events.size();
        return event;
    }
}
