package io.zoomws.server;

/**
 * What has become of a reload.
 *
 * @param refused whether nothing was changed, since the configuration is wrong
 * @param complete whether everything was done that can be done without a restart
 * @param text for the operator; of several lines if refused
 */
record ReloadOutcome(boolean refused, boolean complete, String text) {}
