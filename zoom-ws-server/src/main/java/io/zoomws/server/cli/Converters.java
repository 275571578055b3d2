package io.zoomws.server.cli;

import io.zoomws.server.config.Durations;
import io.zoomws.server.config.Sizes;
import io.zoomws.server.delivery.Speed;
import io.zoomws.spi.EntryKind;
import io.zoomws.spi.EventFilter;
import io.zoomws.spi.Position;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. */
final class Converters {

    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(?:/s)?");

    private Converters() {}

    static CommandLine register(CommandLine commandLine) {
        return commandLine
                .registerConverter(Position.class, explaining(Position::parse))
                .registerConverter(Duration.class, explaining(Durations::parse))
                .registerConverter(ByteCount.class, explaining(text -> new ByteCount(Sizes.parse(text))))
                .registerConverter(Rate.class, explaining(Converters::rate))
                .registerConverter(Speed.class, explaining(Speed::parse))
                .registerConverter(EntryKind.class, explaining(Converters::kind));
    }

    /** The filter for globs given on the command line. */
    static EventFilter filter(List<String> globs, CommandLine command) {
        try {
            return EventFilter.of(globs);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, "--event: " + e.getMessage(), e);
        }
    }

    private static <T> ITypeConverter<T> explaining(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static Rate rate(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rate: use events per second such as 5/s");
        }
        return new Rate(Double.parseDouble(matcher.group(1)));
    }

    private static EntryKind kind(String text) {
        for (EntryKind kind : EntryKind.values()) {
            if (kind.label().equals(text)) {
                return kind;
            }
        }
        String allowed = Arrays.stream(EntryKind.values()).map(EntryKind::label).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' is no kind of entry: use one of " + allowed);
    }
}
