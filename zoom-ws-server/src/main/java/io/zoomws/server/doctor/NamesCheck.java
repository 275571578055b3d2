package io.zoomws.server.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Judges whether the names of hosts are known. */
final class NamesCheck {

    /** The JDK's look-up knows no limit of its own. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    /**
     * How many addresses each host has.
     *
     * @param addresses in the order asked; 0 if the name is not known, or nobody answered in time
     */
    record Facts(Map<String, Integer> addresses) {

        static Facts lookUp(List<String> hosts) {
            Map<String, Integer> addresses = new LinkedHashMap<>();
            for (String host : hosts) {
                addresses.put(host, count(host));
            }
            return new Facts(addresses);
        }

        private static int count(String host) {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            answer.complete(InetAddress.getAllByName(host).length);
                        } catch (UnknownHostException e) {
                            answer.complete(0);
                        }
                    },
                    "doctor-name-lookup");
            thread.setDaemon(true);
            thread.start();
            return answer.completeOnTimeout(0, TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }

        boolean knows(String host) {
            return addresses.getOrDefault(host, 0) > 0;
        }
    }

    private NamesCheck() {}

    static Verdict judge(Facts facts) {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        facts.addresses().forEach((host, count) -> {
            if (count > 0) {
                known.add(host + " has " + (count == 1 ? "1 address" : count + " addresses"));
            } else {
                unknown.add(host);
            }
        });
        return unknown.isEmpty()
                ? Verdict.ok(String.join(", ", known))
                : Verdict.failure(
                        "not known to the name server: " + String.join(", ", unknown),
                        "check the network and its name server; where only a proxy knows names outside, set"
                                + " zoomws.connection.proxy");
    }
}
