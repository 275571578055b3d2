package io.zoomws.server.plugins;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.util.Collection;
import java.util.List;

/** Puts why Guice could not build something into one line: its own text has many, with an address to learn more at. */
final class BuildFault {

    private BuildFault() {}

    /** What was thrown by a plugin, or what is wrong with its bindings. */
    static String line(Throwable thrown, Mask mask) {
        Collection<Message> messages = messages(thrown);
        if (messages.isEmpty()) {
            return Causes.line(thrown, mask);
        }
        String more = messages.size() == 1 ? "" : ", and " + (messages.size() - 1) + " more";
        return line(messages.iterator().next(), mask) + more;
    }

    static String line(Message message, Mask mask) {
        Throwable cause = message.getCause();
        return cause == null ? Causes.words(message.getMessage(), mask) : Causes.line(cause, mask);
    }

    private static Collection<Message> messages(Throwable thrown) {
        if (thrown instanceof ConfigurationException e) {
            return e.getErrorMessages();
        }
        if (thrown instanceof CreationException e) {
            return e.getErrorMessages();
        }
        return thrown instanceof ProvisionException e ? e.getErrorMessages() : List.of();
    }
}
