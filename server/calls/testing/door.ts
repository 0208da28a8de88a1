import http from "node:http";
import type { AddressInfo } from "node:net";
import { POST } from "@/app/api/webhooks/calls/[account]/route";
import { env } from "@/env";

/** The door that providers of calls post to, behind a real HTTP server; `env.RINGBACK_URL` becomes its address. */
export async function openCallDoor(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const account = (request.url ?? "").split("?")[0]?.split("/").at(-1) ?? "";
    const asked = new Request(`http://${request.headers.host}${request.url}`, {
      method: "POST",
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      body: new Uint8Array(Buffer.concat(chunks)),
    });
    const answer = await POST(asked, { params: Promise.resolve({ account }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  env.RINGBACK_URL = url;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
