/**
 * How a command reaches the running server: a Unix domain socket of each subscription. The command sends one line, a JSON object;
 * the server answers with lines, JSON objects too, and closes. Read first: {@link io.zoomws.server.control.ControlHandler} (what
 * answers a request), {@link io.zoomws.server.control.ControlServer} (who asks it) and {@link
 * io.zoomws.server.control.ControlClient} (who sends one).
 *
 * <pre>
 *   request   {"version":1,"request":"plugins.stop","instance":"mine"}
 *   answer    {"progress":{...}}     as often as the handler likes
 *             {"result":{...}}       or {"error":"one line"}; then the end
 * </pre>
 *
 * <p>Who may ask is decided by the file system alone: the socket lies in a directory that only its owner may enter, and so whoever
 * can connect could as well read the journal and end the process. No secret travels.
 */
@NullMarked
package io.zoomws.server.control;

import org.jspecify.annotations.NullMarked;
