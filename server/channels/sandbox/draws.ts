import { createHash } from "node:crypto";

/** 0 … 1 for a text, always the same for the same text. */
export const drawnFrom = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;

/** One draw after the other: with a seed always the same ones, without it by chance. */
export function drawsOf(seed: string): () => number {
  if (seed === "") return Math.random;
  let nth = 0;
  return () => drawnFrom(`${seed} ${++nth}`);
}
