package io.zoomws.server.alert;

import io.zoomws.server.gaps.GapLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Hands out each gap that has ended once, as the journals are read. One thread at a time. */
final class EndedGaps {

    private static final int PAGE = 1000;

    private final Map<String, GapLedger> ledgers;
    private final Map<String, Long> next = new HashMap<>();

    EndedGaps(Map<String, GapLedger> ledgers) {
        this.ledgers = Map.copyOf(ledgers);
    }

    /** Those that are new since the last call, by subscription. */
    Map<String, List<GapLedger.Row>> take() {
        Map<String, List<GapLedger.Row>> taken = new HashMap<>();
        ledgers.forEach((subscription, ledger) -> taken.put(subscription, take(subscription, ledger)));
        return taken;
    }

    private List<GapLedger.Row> take(String subscription, GapLedger ledger) {
        List<GapLedger.Row> rows = new ArrayList<>();
        OptionalLong from = OptionalLong.of(next.getOrDefault(subscription, 1L));
        while (from.isPresent()) {
            GapLedger.Page page = ledger.page(from.getAsLong(), PAGE);
            rows.addAll(page.rows());
            from = page.next();
        }
        if (!rows.isEmpty()) {
            next.put(subscription, rows.get(rows.size() - 1).sequence() + 1);
        }
        return rows;
    }
}
