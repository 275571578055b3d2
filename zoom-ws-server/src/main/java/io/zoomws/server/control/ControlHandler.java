package io.zoomws.server.control;

import java.util.Map;

/** Answers the requests of one name. */
@FunctionalInterface
public interface ControlHandler {

    /**
     * Answers one request. Called on a thread of the request's own, which may take its time; several requests may be under way at
     * once. Nobody interrupts it: one that takes long asks its client now and then.
     *
     * @param request what is asked
     * @param client who asks
     * @return the result: texts, numbers, booleans and nulls, and lists and maps of these
     * @throws ControlException if there is no result; its message is the answer
     */
    Map<String, ?> answer(ControlRequest request, Client client) throws ControlException;

    /** Who asks. */
    interface Client {

        /**
         * Tells how far it is. Does nothing if the client has gone; waits a while, and no longer, for one that does not read.
         *
         * @param fields as of a result
         */
        void progress(Map<String, ?> fields);

        /**
         * Whether nobody waits for the result any more, as after Ctrl-C, or because the server ends. Costs a system call.
         *
         * @return true from then on
         */
        boolean isGone();
    }
}
