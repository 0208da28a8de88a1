import { type Dispatcher, Pool } from "undici";

export type HttpRequest = {
  method: "GET" | "POST" | "DELETE";
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
};

export type HttpAnswer = { status: number; headers: Record<string, string>; body: string };

/** What one call came to. `handedOver`: the provider may have read the whole request, though no answer came. */
export type Exchange =
  | { ok: true; answer: HttpAnswer }
  | { ok: false; handedOver: boolean; code: string; message: string };

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
/** No answer of a provider is longer; a longer one is cut off. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

/**
 * The connections with one provider (performance.md, advice 9: one undici pool, never global fetch). Knows for each call
 * whether the request had left when the connection broke: before that the message is known not to have been taken.
 */
export class ProviderClient {
  readonly #pool: Pool;

  /** `origin`: `https://graph.facebook.com`. `answerMs`: how long an answer may take to begin, and to go on. */
  constructor(
    readonly origin: string,
    connections: number,
    answerMs = ANSWER_MS,
  ) {
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      connect: { timeout: CONNECT_MS },
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
    });
  }

  call(request: HttpRequest): Promise<Exchange> {
    return new Promise((resolve) => {
      const options: Dispatcher.DispatchOptions = {
        method: request.method,
        path: request.path,
        headers: request.headers,
        body: request.body ?? null,
      };
      this.#pool.dispatch(options, new Call(resolve));
    });
  }

  /** Ends the connections once the calls under way are answered. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

/** One call's progress. undici tells of the request's last byte only to handlers of this older shape. */
class Call implements Dispatcher.DispatchHandler {
  #handedOver = false;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #length = 0;
  #abort: (error?: Error) => void = () => {};

  constructor(private readonly settle: (exchange: Exchange) => void) {}

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    // The request is written anew after a connection that broke before it: what counts is this writing.
    this.#handedOver = false;
  }

  /** Not in undici's types: called when the whole request was given to the connection. */
  onRequestSent(): void {
    this.#handedOver = true;
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    this.#status = status;
    for (let at = 0; at + 1 < rawHeaders.length; at += 2)
      this.#headers[String(rawHeaders[at]).toLowerCase()] = String(rawHeaders[at + 1]);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#length += chunk.length;
    if (this.#length > LONGEST_ANSWER) this.#abort(new Error("the answer is too long"));
    else this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    const body = Buffer.concat(this.#chunks).toString("utf8");
    this.settle({ ok: true, answer: { status: this.#status, headers: this.#headers, body } });
  }

  onError(error: Error & { code?: string }): void {
    const { code, message } = error;
    this.settle({ ok: false, handedOver: this.#handedOver, code: code ?? "ERROR", message });
  }
}

/** The provider's hint in ms, where it gave one in seconds; an HTTP date is not used by any of them. */
export function retryAfter(answer: HttpAnswer): number | null {
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) * 1_000 : null;
}

/** The body as an object; null for anything else. */
export function readJson(answer: HttpAnswer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A provider's words on one line, without addresses, numbers of people or links (results cannot be erased). */
export function clean(words: string): string {
  return words
    .replace(/https?:\/\/\S+/g, "[link]")
    .replace(/[^\s<>()"',;:]+@[^\s<>()"',;:]+/g, "[address]")
    .replace(/\+?\d{8,15}/g, "[number]")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
