package io.zoomws.plugin.camelroutes;

import java.io.Serial;

/** Why a file is not run: the line, or 0 where there is none, and the reason. Holds no value that the file holds. */
final class Mistake extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final int line;

    Mistake(int line, String reason) {
        super(reason);
        this.line = line;
    }

    Mistake(int line, String reason, Throwable cause) {
        super(reason, cause);
        this.line = line;
    }

    /** As compilers write it, for the log. */
    String in(String file) {
        return file + (line > 0 ? ":" + line : "") + ": " + getMessage();
    }
}
