/**
 * Plugin instances in processes of their own ({@code isolation: process}): what a plugin does to its process, exit, leak or
 * loop, ends at that process's border. Used by the server alone. Read first: {@link io.zoomws.server.process.ProcessInstance}
 * (the server's side), {@link io.zoomws.server.process.PluginProcess} (the child's) and {@code ChildReport} (what the child
 * says of itself).
 *
 * <pre>
 *   server                               child
 *   ------                               -----
 *   stdin pipe   -- task, stop, interrupt, end ->   one JSON line, then one word a line
 *   stderr pipe  <- log lines and reports ------    a report begins with 0x1e, somewhere in a line
 *   stdout       == the same file ===============   what the plugin prints, as it would without a process of its own
 * </pre>
 *
 * <p>Secrets are in the task, and so never in arguments or environment, which others on the machine may read. The end of stdin
 * means that the server has ended, in whatever way: a child never outlives it for longer than it takes to end in order.
 */
@NullMarked
package io.zoomws.server.process;

import org.jspecify.annotations.NullMarked;
