import { z } from "zod";

/** Major units with two decimals, beside a `currency`. */
export const money = z.number();

/** Micro-units as major units, rounded half up to two decimals. Amounts stay far below 2^53. */
export const majorOf = (micros: string | bigint): number => Number((BigInt(micros) + 5_000n) / 10_000n) / 100;
