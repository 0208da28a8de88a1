import { mac, sameBytes } from "@/server/platform/secrets";

/** Where an execution lies in the ledger. */
export type ExecutionKey = { part: number; runNumber: number; seq: number };

const MAC_BYTES = 9;
const MOST_BYTES = 24;

/**
 * The public id of an execution: a reversible, MAC-ed encoding of its key (joints.md), 18 to 26 URL-safe characters.
 * Webhooks, links and replies find the row with it, without another index.
 */
export function encodePublicId(key: ExecutionKey): string {
  const body = Buffer.from([...varint(key.part), ...varint(key.runNumber), ...varint(key.seq)]);
  return Buffer.concat([body, tag(body)]).toString("base64url");
}

/** The key of a public id, or null for anything that `encodePublicId` did not make. */
export function decodePublicId(publicId: string): ExecutionKey | null {
  const bytes = Buffer.from(publicId, "base64url");
  if (
    bytes.length <= MAC_BYTES ||
    bytes.length > MOST_BYTES + MAC_BYTES ||
    bytes.toString("base64url") !== publicId
  )
    return null;
  const body = bytes.subarray(0, -MAC_BYTES);
  if (!sameBytes(tag(body), bytes.subarray(-MAC_BYTES))) return null;
  const [part, runNumber, seq] = readVarints(body);
  return part === undefined || runNumber === undefined || seq === undefined ? null : { part, runNumber, seq };
}

const tag = (body: Buffer) => mac("execution-public-id", body).subarray(0, MAC_BYTES);

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

function readVarints(bytes: Buffer): number[] {
  const values: number[] = [];
  let value = 0;
  let weight = 1;
  for (const byte of bytes) {
    value += (byte % 128) * weight;
    weight *= 128;
    if (byte < 128) {
      values.push(value);
      value = 0;
      weight = 1;
    }
  }
  return values;
}
