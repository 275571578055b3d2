package io.zoomws.server.control;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends one request to the server of a subscription. Closed by another thread, it ends the call, and the server notices. */
public final class ControlClient implements AutoCloseable {

    private static final Duration TO_SEND = Duration.ofSeconds(10);

    private final LineChannel lines;

    private ControlClient(LineChannel lines) {
        this.lines = lines;
    }

    /**
     * Connects to the server that runs on a subscription.
     *
     * @param folder of the subscription in the data directory
     * @return for one request
     * @throws ControlException if there is none to be reached
     */
    public static ControlClient open(Path folder) throws ControlException {
        try {
            Path socket = ControlSocket.find(folder);
            return new ControlClient(LineChannel.of(SocketChannel.open(UnixDomainSocketAddress.of(socket))));
        } catch (NoSuchFileException | SocketException e) {
            throw new ControlException(
                    "no server runs on " + folder
                            + ": start it with 'zoom-ws run'; if one runs, this command must run on the same"
                            + " machine, in the same container, as the same user",
                    e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new ControlException("the server on " + folder + " cannot be reached (" + e + ")", e);
        }
    }

    /**
     * Sends the request and waits for its result.
     *
     * @param request what is asked
     * @param progress told what the server tells meanwhile, on this thread
     * @param patience how long the server may be silent
     * @return the result
     * @throws ControlException if there is none; the message says why
     */
    public Map<String, @Nullable Object> call(ControlRequest request, Consumer<Map<?, ?>> progress, Duration patience)
            throws ControlException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("version", ControlServer.VERSION);
        line.put("request", request.name());
        line.putAll(request.fields());
        try {
            lines.writeLine(ControlJson.line(line), TO_SEND);
            while (true) {
                String answer = lines.readLine(ControlServer.LONGEST_ANSWER_BYTES, patience);
                if (answer == null) {
                    throw new ControlException(
                            "the server ended before it had answered; whether it did what was asked, its log tells");
                }
                Map<String, @Nullable Object> fields = ControlJson.parse(answer);
                if (fields.get("error") instanceof String error) {
                    throw new ControlException(error);
                }
                if (fields.get("result") instanceof Map<?, ?> result) {
                    return copy(result);
                }
                if (fields.get("progress") instanceof Map<?, ?> told) {
                    progress.accept(told);
                }
            }
        } catch (SocketTimeoutException e) {
            throw new ControlException(
                    "the server has not answered for " + patience.toSeconds()
                            + " s; whether it does what was asked, its log tells",
                    e);
        } catch (IOException e) {
            throw new ControlException("the connection to the server broke (" + e + "); its log tells more", e);
        }
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> result) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        result.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** Ends the connection. */
    @Override
    public void close() throws ControlException {
        try {
            lines.close();
        } catch (IOException e) {
            throw new ControlException("the connection to the server cannot be closed (" + e + ")", e);
        }
    }
}
