import http from "node:http";
import type { AddressInfo } from "node:net";

export type FakeRequest = { method: string; url: URL; headers: http.IncomingHttpHeaders; body: Buffer };
export type FakeAnswer = {
  status: number;
  json?: unknown;
  headers?: Record<string, string>;
  /** Reads the whole request and then breaks the connection without a word. */
  drop?: boolean;
  /** Answers only when this is over. */
  after?: Promise<unknown>;
};

/** An HTTP server on the loopback interface that stands for a provider. `door`: where it posts its webhooks. */
export abstract class FakeServer {
  readonly requests: FakeRequest[] = [];
  /** What requests did wrong; a test ends with it empty. */
  readonly complaints: string[] = [];
  door: string | null = null;
  #server: http.Server | null = null;

  abstract answer(request: FakeRequest): FakeAnswer | Promise<FakeAnswer>;

  get url(): string {
    const address = this.#server?.address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }

  async start(port = 0): Promise<this> {
    const server = http.createServer((request, response) => void this.#serve(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  /** Posts to our door, as the provider would; answers the status. */
  async post(body: string | Buffer, headers: Record<string, string>, query = ""): Promise<number> {
    if (!this.door) throw new Error("the fake has no door to post to");
    const answer = await fetch(`${this.door}${query}`, {
      method: "POST",
      headers,
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: FakeRequest = {
      method: request.method ?? "GET",
      url: new URL(request.url ?? "/", this.url),
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    this.requests.push(asked);
    const answer = await this.answer(asked);
    await answer.after;
    if (answer.drop) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.json === undefined ? "" : JSON.stringify(answer.json));
  }
}

/** JSON with everything beyond ASCII escaped, as Meta sends it. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
