import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fetchOverLine } from "./fetch-over-line";

let server: http.Server;
let url: string;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    if (request.url === "/silent") return;
    if (request.url === "/half" || request.url === "/broken") {
      response.writeHead(200, { "content-type": "application/json" }).write('{"result":');
      if (request.url === "/broken") response.write("{", () => response.destroy());
      return;
    }
    const type = request.url === "/page" ? "text/html" : "application/json";
    response.writeHead(request.url === "/refused" ? 409 : 200, { "content-type": type }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("an answer of ours comes through, a refusal too", async () => {
  for (const longest of [null, 30_000]) {
    expect((await fetchOverLine(longest)(`${url}/`)).status).toBe(200);
    expect((await fetchOverLine(longest)(`${url}/refused`)).status).toBe(409);
  }
});

test("a line that is down, an answer that does not come and a gateway’s page are sentences for a person", async () => {
  await expect(fetchOverLine(null)("http://127.0.0.1:1/")).rejects.toThrow(/^There is no connection/);
  await expect(fetchOverLine(1)(`${url}/silent`)).rejects.toThrow(/^No answer came/);
  await expect(fetchOverLine(null)(`${url}/page`)).rejects.toThrow(/^Ringback cannot be reached/);
});

test("an answer that stops half-way is one that did not come", async () => {
  await expect(fetchOverLine(100)(`${url}/half`)).rejects.toThrow(/^No answer came/);
  await expect(fetchOverLine(null)(`${url}/broken`)).rejects.toThrow(/^There is no connection/);
});

test("what the caller gave up is no trouble of the line", async () => {
  const signal = AbortSignal.abort();
  await expect(fetchOverLine(30_000)(`${url}/silent`, { signal })).rejects.toMatchObject({
    name: "AbortError",
  });
});
