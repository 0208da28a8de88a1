import { createHash, createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

const hash = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** Signs as AWS describes it (Signature Version 4), written apart from the client under test. */
function signatureOf(request: http.IncomingMessage, body: Buffer, secret: string): string {
  const [, scope = "", signed = ""] =
    /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? "") ?? [];
  const [day = "", region = "", service = ""] = scope.split("/");
  const url = new URL(request.url ?? "/", "http://bucket.test");
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const headers = signed.split(";").map((name) => `${name}:${String(request.headers[name] ?? "").trim()}\n`);
  const sent = String(request.headers["x-amz-content-sha256"] ?? hash(body));
  const canonical = [request.method, url.pathname, query, headers.join(""), signed, sent].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hash(canonical)].join("\n");
  const key = ["aws4_request"].reduce(hmac, hmac(hmac(hmac(`AWS4${secret}`, day), region), service));
  return createHmac("sha256", key).update(toSign).digest("hex");
}

/** A bucket on the loopback interface that keeps what is put and refuses whatever is not signed with its secret. */
export class FakeBucket {
  readonly objects = new Map<string, { bytes: Buffer; type: string }>();
  /** Answers this status instead, while set. */
  failing: number | null = null;
  readonly #server = http.createServer((request, response) => void this.#answer(request, response));

  constructor(readonly secret: string) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const given = /Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? "")?.[1];
    if (given !== signatureOf(request, body, this.secret))
      return void response.writeHead(403).end("SignatureDoesNotMatch");
    if (this.failing !== null) return void response.writeHead(this.failing).end();
    const key = request.url ?? "";
    if (request.method === "PUT") {
      this.objects.set(key, { bytes: body, type: request.headers["content-type"] ?? "" });
      return void response.writeHead(200).end();
    }
    if (request.method === "DELETE") {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    const found = this.objects.get(key);
    response.writeHead(found ? 200 : 404).end(found?.bytes);
  }
}
