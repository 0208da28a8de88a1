"use client";

import { useQueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useState } from "react";
import type { SegmentDetail } from "@/server/segments/get";
import type { Rule } from "@/server/segments/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import type { AppRouter } from "@/server/trpc/root";

type Fields = { name: string; description: string; tracked: boolean; rule: Rule };

/** Creates or saves a segment, and keeps what went wrong. What was typed stays. */
export function useSaveSegment(segment: SegmentDetail | null) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [nameError, setNameError] = useState<string | null>(null);
  /** The version that somebody else saved meanwhile. */
  const [theirs, setTheirs] = useState<number | null>(null);
  const forget = () => {
    setProblem(null);
    setNameError(null);
    setTheirs(null);
  };
  const write = async (fields: Fields, version: number | undefined): Promise<{ id: string }> => {
    if (segment) {
      const { tracked, ...rest } = fields;
      await client.segments.update.mutate({
        id: segment.id,
        version: version ?? segment.version,
        // An automation that begins to listen switches it on: what was not switched here does not take that back.
        changes: tracked === segment.tracked ? rest : fields,
      });
      return { id: segment.id };
    }
    return client.segments.create.mutate(fields);
  };
  const submit = async (fields: Fields, version?: number): Promise<{ id: string } | null> => {
    forget();
    setPending(true);
    try {
      const saved = await write(fields, version);
      // Not waited for: what is read again must not hold up what comes next.
      void queries.invalidateQueries(trpc.segments.pathFilter());
      return saved;
    } catch (error) {
      const details =
        error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.details : null;
      const message =
        error instanceof Error ? error.message : "Something went wrong. What you built is still here.";
      if (details?.field === "name") setNameError(message);
      else setProblem(message);
      if (details?.code === "stale_version" && typeof details.version === "number")
        setTheirs(details.version);
      return null;
    } finally {
      setPending(false);
    }
  };
  return { submit, forget, pending, problem, nameError, theirs };
}
