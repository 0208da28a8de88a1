import http from "node:http";
import https from "node:https";
import { type EngineConfig, signingKeys } from "./core";
import { isSigned, sign } from "./signing";

/** What the app answered, before it is understood. */
export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** No usable answer. `delivered` is false when the request cannot have reached the function. */
export class CallError extends Error {
  constructor(
    message: string,
    readonly delivered: boolean,
  ) {
    super(message);
  }
}

const maxAnswer = 32 * 1024 * 1024;
const twoHours = 7_200_000;
const plain = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const secure = new https.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const unreached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === "https:";
    const options = { method: "POST", headers, signal, timeout: twoHours, agent: isSecure ? secure : plain };
    const request = (isSecure ? https : http).request(url, options, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part: Buffer) => {
        size += part.length;
        if (size <= maxAnswer) parts.push(part);
        else request.destroy(new CallError("The app answered with more than 32 MiB.", true));
      });
      response.on("error", (error) => reject(new CallError(`The answer broke off: ${error.message}`, true)));
      response.on("end", () => {
        if (!response.complete) return reject(new CallError("The answer broke off.", true));
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        });
      });
    });
    request.on("timeout", () =>
      request.destroy(new CallError("The app did not answer within 2 hours.", true)),
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (error instanceof CallError) return reject(error);
      reject(new CallError(`The call broke off: ${error.message}`, !unreached.has(error.code ?? "")));
    });
    request.end(body);
  });
}

/**
 * Calls a function: signed in cloud mode with the current key, and once more with the fall-back key when the app
 * refuses that one (keys are being rotated). An answer that carries no valid signature is not believed.
 */
export async function callApp(
  config: EngineConfig,
  address: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const keys = signingKeys(config);
  const length = String(Buffer.byteLength(body));
  const base = { ...headers, "content-type": "application/json", "content-length": length };
  const url = new URL(address);
  if (keys.length === 0) return post(url, base, body, signal);
  let refused: RawAnswer | null = null;
  for (const key of keys) {
    const answer = await post(url, { ...base, "x-inngest-signature": sign(body, key) }, body, signal);
    if (answer.status === 401) {
      refused = answer;
      continue;
    }
    const signature = answer.headers["x-inngest-signature"];
    if (answer.status < 500 && !isSigned(answer.body, String(signature ?? ""), keys)) {
      throw new CallError("The app's answer is not signed with a signing key of this engine.", true);
    }
    return answer;
  }
  if (refused) return refused;
  throw new CallError("There is no signing key.", false);
}
