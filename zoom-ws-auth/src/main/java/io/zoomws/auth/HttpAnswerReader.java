package io.zoomws.auth;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 answer (RFC 9112) from a connection that is not used again: body by length, in chunks, or to the end of
 * the stream; head and body are bounded. What is not HTTP is an exception whose text quotes nothing.
 */
final class HttpAnswerReader {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final Pattern CHUNK = Pattern.compile("0*([0-9a-fA-F]{1,7})\\s*(;.*)?");

    private final InputStream in;
    private int headLeft = LONGEST_HEAD;

    HttpAnswerReader(InputStream in) {
        this.in = in;
    }

    TokenExchange.Answer read() throws IOException {
        int status = status();
        Map<String, List<String>> fields = fields();
        while (status < 200) {
            status = status();
            fields = fields();
        }
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        Optional<byte[]> body = status == 204 || status == 304 ? Optional.of(new byte[0]) : body(headers);
        return new TokenExchange.Answer(status, headers, body);
    }

    private int status() throws IOException {
        Matcher line = STATUS_LINE.matcher(line());
        if (!line.matches()) {
            throw new ProtocolException("no status line");
        }
        return Integer.parseInt(line.group(1));
    }

    private Map<String, List<String>> fields() throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("no header field");
            }
            fields.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("ended within the head");
            }
            headLeft--;
            if (headLeft < 0) {
                throw new ProtocolException("the head is too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private Optional<byte[]> body(HttpHeaders headers) throws IOException {
        int limit = OAuthTokenSource.BODY_LIMIT_BYTES;
        String coding = headers.firstValue("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) {
            return chunks(limit);
        }
        if (!coding.isEmpty()) {
            throw new ProtocolException("unknown transfer coding");
        }
        Optional<String> length = headers.firstValue("Content-Length");
        if (length.isEmpty()) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
        if (!length.get().matches("\\d{1,18}")) {
            throw new ProtocolException("no length");
        }
        long bytes = Long.parseLong(length.get());
        return bytes > limit ? Optional.empty() : Optional.of(exactly((int) bytes));
    }

    private Optional<byte[]> chunks(int limit) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher size = CHUNK.matcher(line());
            if (!size.matches()) {
                throw new ProtocolException("no chunk");
            }
            int bytes = Integer.parseInt(size.group(1), 16);
            if (bytes == 0) {
                return Optional.of(body.toByteArray());
            }
            if (bytes > limit - body.size()) {
                return Optional.empty();
            }
            body.writeBytes(exactly(bytes));
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it said");
            }
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("ended within the body");
        }
        return bytes;
    }
}
