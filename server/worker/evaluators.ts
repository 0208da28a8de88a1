import type { Evaluator } from "@/server/events";

/**
 * What is done for customers that something happened to, in this order: engagement first, segments may ask for it, triggers
 * last. Each line is `{ name, evaluate: (ctx, touched) => … }`.
 */
export const evaluators: readonly Evaluator[] = [];
