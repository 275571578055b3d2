package io.zoomws.server.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.MapBackedConfigValueConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sources of a configuration, one above the other. From the top: command line, system properties, environment, {@code
 * .env}, file.
 */
final class Layers {

    /** What SmallRye leaves when an expression names something that is set nowhere. */
    record Value(String text, String origin, boolean unexpanded) {}

    private static final int COMMAND_LINE = 500;
    private static final int PROPERTIES = 400;
    private static final int ENVIRONMENT = 300;
    private static final int DOT_ENV = 295;
    private static final int FILE = 110;

    private final ConfigurationInputs inputs;
    private final Optional<YamlFile> file;
    private final Map<String, String> dotEnv;
    private final List<Problem> problems;
    private final SmallRyeConfig config;

    private Layers(ConfigurationInputs inputs, Optional<YamlFile> file, DotEnv dotEnv) {
        this.inputs = inputs;
        this.file = file;
        this.dotEnv = dotEnv.variables();
        this.problems = Stream.concat(
                        file.stream().flatMap(yaml -> yaml.problems().stream()), dotEnv.problems().stream())
                .toList();
        this.config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(List.of(
                        new PropertiesConfigSource(inputs.overrides(), "command line", COMMAND_LINE),
                        new PropertiesConfigSource(inputs.properties(), "system properties", PROPERTIES),
                        new EnvConfigSource(inputs.environment(), ENVIRONMENT),
                        new EnvConfigSource(this.dotEnv, DOT_ENV),
                        new FileSource(file.map(Layers::values).orElseGet(Map::of))))
                .build();
    }

    static Layers of(ConfigurationInputs inputs) throws ConfigurationException {
        Optional<YamlFile> file = Optional.empty();
        if (inputs.effectiveFile().isPresent()) {
            file = Optional.of(YamlFile.read(inputs.effectiveFile().get()));
        }
        return new Layers(inputs, file, DotEnv.read(inputs.dotEnv()));
    }

    Optional<YamlFile> file() {
        return file;
    }

    /** What is wrong with the files themselves. */
    List<Problem> problems() {
        return problems;
    }

    Set<String> properties() {
        return inputs.properties().keySet();
    }

    /** Environment and {@code .env} variables, each with where it is set. */
    Map<String, String> variables() {
        Map<String, String> origins = new TreeMap<>();
        dotEnv.keySet().forEach(name -> origins.put(name, "variable " + name + " in " + inputs.dotEnv()));
        inputs.environment().keySet().forEach(name -> origins.put(name, "environment variable " + name));
        return origins;
    }

    /** The value of a key, expanded; empty if it is set nowhere or to nothing. */
    Optional<Value> value(String key) {
        ConfigValue found = config.getConfigValue(key);
        String value = found.getValue();
        if (value != null) {
            return value.isBlank()
                    ? Optional.empty()
                    : Optional.of(new Value(value.strip(), origin(key, found), false));
        }
        String raw = found.getRawValue();
        return raw == null ? Optional.empty() : Optional.of(new Value(raw, origin(key, found), true));
    }

    private String origin(String key, ConfigValue found) {
        String variable = inputs.environment().containsKey(key) || dotEnv.containsKey(key) ? key : Key.variable(key);
        return switch (found.getSourceOrdinal()) {
            case COMMAND_LINE -> "the command line";
            case PROPERTIES -> "system property " + key;
            case FILE -> file.map(yaml -> yaml.origin(found.getLineNumber())).orElse("the file");
            default -> variables().getOrDefault(variable, "the environment");
        };
    }

    private static Map<String, ConfigValue> values(YamlFile file) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        for (YamlFile.Line line : file.lines()) {
            if (line.value() != null) {
                ConfigValue value = ConfigValue.builder()
                        .withName(line.key())
                        .withValue(line.value())
                        .withRawValue(line.value())
                        .withConfigSourceName("file")
                        .withConfigSourceOrdinal(FILE)
                        .withLineNumber(line.number())
                        .build();
                values.put(line.key(), value);
            }
        }
        return values;
    }

    private static final class FileSource extends MapBackedConfigValueConfigSource {
        FileSource(Map<String, ConfigValue> values) {
            super("file", values, FILE);
        }
    }
}
