package io.zoomws.cameltests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** A Kafka broker, its own controller, in a process of its own. */
final class Broker implements AutoCloseable {

    private final Process process;
    private final String address;

    private Broker(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static Broker start(Path folder) throws IOException {
        int port;
        int controller;
        InetAddress local = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, local);
                ServerSocket other = new ServerSocket(0, 1, local)) {
            port = one.getLocalPort();
            controller = other.getLocalPort();
        }
        Path properties = Files.writeString(
                folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                num.partitions=1
                offsets.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                """.formatted(port, controller, folder.resolve("logs")));
        Process process = Jvm.start(List.of("-Xmx256m"), List.of(), Broker.class.getName(), properties.toString());
        return new Broker(process, "127.0.0.1:" + port);
    }

    public static void main(String[] arguments) {
        StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", arguments[0]}, System.out);
        Kafka.main(arguments);
    }

    /** For {@code bootstrap.servers}; clients wait until it answers. */
    String address() {
        return address;
    }

    /** What it holds is not needed again. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
