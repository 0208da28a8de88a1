import { z } from "zod";
import { runStates } from "./status";

/** What the engine's look-ups answer (`server/engine/inspect.ts`), parsed at the edge. */
const time = z.number().transform((ms) => new Date(ms));
const json = z.unknown().transform((value): unknown => value ?? null);
const error = z
  .object({
    name: z.string().catch("Error"),
    message: z.string().catch(""),
    stack: z.string().nullable().catch(null),
  })
  .nullable()
  .catch(null);

const runSchema = z.object({
  id: z.string(),
  functionId: z.string(),
  state: z.enum(runStates),
  eventName: z.string(),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  steps: z.number(),
  error,
  data: json,
});
export type EngineRun = z.infer<typeof runSchema>;

const stepSchema = z.object({
  id: z.string(),
  name: z.string(),
  op: z.string(),
  state: z.enum(["pending", "done", "failed"]),
  input: json,
  output: json,
  error,
  attempts: z.number(),
  queuedAt: time,
  endedAt: time.nullable(),
});

const count = z.number();
export const functionsAnswer = z.object({
  functions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      archived: z.boolean(),
      counts: z.object({ queued: count, running: count, waiting: count, failed: count, cancelled: count }),
    }),
  ),
});

export const runsAnswer = z.object({
  runs: z.array(runSchema),
  previous: z.string().nullable(),
  next: z.string().nullable(),
});

export const runAnswer = z.object({
  run: runSchema.extend({ output: json }),
  events: z.array(z.looseObject({ data: json })),
  steps: z.array(stepSchema),
  calls: z.array(
    z.object({
      stepId: z.string().nullable(),
      state: z.string(),
      attempt: z.number(),
      maxAttempts: z.number(),
      nextAt: time,
      blockedBy: z.string().nullable(),
      error,
    }),
  ),
  waits: z.array(
    z.object({
      stepId: z.string().nullable(),
      kind: z.enum(["wait", "cancel"]),
      eventName: z.string(),
      expression: z.string().nullable(),
      expiresAt: z.number(),
    }),
  ),
  sleeps: z.array(z.object({ stepId: z.string().nullable(), until: time })),
  invoked: z.array(runSchema),
});
export type EngineRunDetail = z.infer<typeof runAnswer>;
