"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Batch, MOST_PASTED, readBatch } from "@/server/events/content";
import { MOST_EVENTS } from "@/server/events/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** What a check found, or what sending brought about. */
export type BatchReport = {
  format: Batch["format"];
  taken: number;
  duplicates: number;
  newCustomers: number;
  refused: { line: number; reason: string }[];
};

export type BatchState =
  | { step: "writing" }
  | { step: "working"; act: "check" | "send"; done: number; total: number }
  | { step: "checked"; report: BatchReport }
  | { step: "sent"; report: BatchReport }
  | { step: "failed"; message: string };

/** Reads what was pasted, checks it, and sends it in parts of 1,000; what was sent before a failure stays sent. */
export function useBatch() {
  const { events } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, setState] = useState<BatchState>({ step: "writing" });
  const run = useRef(0);

  async function work(act: "check" | "send", text: string, create: boolean): Promise<void> {
    const own = ++run.current;
    const show = (next: BatchState) => own === run.current && setState(next);
    const { format, rows, problems } = readBatch(text);
    if (rows.length > MOST_PASTED)
      return void show({ step: "failed", message: `Send at most ${MOST_PASTED} events at once.` });
    const report: BatchReport = { format, taken: 0, duplicates: 0, newCustomers: 0, refused: [...problems] };
    try {
      for (let at = 0; at < rows.length && own === run.current; at += MOST_EVENTS) {
        show({ step: "working", act, done: at, total: rows.length });
        const part = rows.slice(at, at + MOST_EVENTS);
        const input = { events: part.map(({ event }) => event), create_customers: create };
        const result = await (act === "check" ? events.check : events.ingest).mutate(input);
        report.taken += result.stored;
        report.duplicates += result.duplicates;
        report.newCustomers += result.created_customers;
        for (const [index, outcome] of result.outcomes.entries())
          if (outcome.status === "refused")
            report.refused.push({ line: part[index]?.line ?? 0, reason: outcome.reason });
      }
    } catch (error) {
      const sent = act === "send" && report.taken > 0 ? ` ${report.taken} events were stored before.` : "";
      const message = error instanceof Error ? error.message : "The connection was lost.";
      return void show({
        step: "failed",
        message: `${message}${sent} Send the whole text again: events with an id are not stored twice.`,
      });
    }
    report.refused.sort((one, other) => one.line - other.line);
    show({ step: act === "check" ? "checked" : "sent", report });
    if (act === "send") void queryClient.invalidateQueries(trpc.events.pathFilter());
  }

  return {
    state,
    check: (text: string, create: boolean) => work("check", text, create),
    send: (text: string, create: boolean) => work("send", text, create),
    reset: () => {
      run.current++;
      setState({ step: "writing" });
    },
  };
}
