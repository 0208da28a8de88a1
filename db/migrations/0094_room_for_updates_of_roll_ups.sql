-- An update that finds room in its page touches no index. New pages keep a quarter free; the full ones of before fill as they did.
ALTER TABLE "customer_event_stats" SET (fillfactor = 75);
