const LOST = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
]);
// Server shut down or starting, connection failure, too many connections, serialisation, deadlock.
const PASSING = /^(57P0[1-4]|08...|53300|40001|40P01)$/;

/** True for errors after which the same statement may be tried again: the server was away, or the statement lost a race. */
export function isPassing(error: unknown): boolean {
  const code =
    (error as { code?: string; cause?: { code?: string } }).code ??
    (error as { cause?: { code?: string } }).cause?.code;
  return code !== undefined && (LOST.has(code) || PASSING.test(code));
}
