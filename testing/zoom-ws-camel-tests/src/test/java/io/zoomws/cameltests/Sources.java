package io.zoomws.cameltests;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.camel.builder.RouteBuilder;

/** Compiles the classes of the page against the class path that their readers have, and loads them. */
final class Sources {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package (\\w+);");

    private Sources() {}

    /** Compiles classes of the page together; returns a loader that has them, and the test's class path behind. */
    static ClassLoader compile(Path folder, String... names) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            String source = Page.block("java", "public class " + name + " ");
            files.add(Files.writeString(folder.resolve(name + ".java"), source));
        }
        compile(files, classes);
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Sources.class.getClassLoader());
    }

    /** The class of the page with a name. */
    static Class<?> load(ClassLoader loader, String name) throws ClassNotFoundException {
        Matcher matcher = PACKAGE.matcher(Page.block("java", "public class " + name + " "));
        return loader.loadClass(matcher.find() ? matcher.group(1) + "." + name : name);
    }

    /** The route builder of the page with a name. */
    static RouteBuilder routes(ClassLoader loader, String name) throws ReflectiveOperationException {
        return (RouteBuilder) load(loader, name).getDeclaredConstructor().newInstance();
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        // -proc:none: no jar on the path is to run code in the compiler. -parameters: as Spring Boot's plugin does.
        List<String> options =
                List.of("--release", "17", "-proc:none", "-parameters", "-cp", path, "-d", classes.toString());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<File> inputs = sources.stream().map(Path::toFile).toList();
            boolean done = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromFiles(inputs))
                    .call();
            if (!done) {
                throw new AssertionError("docs/camel.md: " + said);
            }
        }
    }
}
