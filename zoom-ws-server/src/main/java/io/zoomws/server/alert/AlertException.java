package io.zoomws.server.alert;

/** Somebody could not be told. The message says why, in words of our own: it holds no address and nothing a command has said. */
public final class AlertException extends Exception {

    private static final long serialVersionUID = 1;

    AlertException(String message) {
        super(message);
    }
}
