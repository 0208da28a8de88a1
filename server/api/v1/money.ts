import { z } from "zod";

/** Major units with two decimals, beside a `currency`. The document says so, and a test holds every answer to it. */
export const money = z.number().describe("In major units of the `currency` beside it, with two decimals");

/** Micro-units as major units, rounded half up to two decimals. Amounts stay far below 2^53. */
export const majorOf = (micros: string | bigint): number => Number((BigInt(micros) + 5_000n) / 10_000n) / 100;

/** A percentage with two decimals; null where it is undefined. */
export const percent = z.number().nullable();

/** A fraction as a percentage with two decimals. */
export const percentOf = (fraction: number | null): number | null =>
  fraction === null ? null : Math.round(fraction * 10_000) / 100;
