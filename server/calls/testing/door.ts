import http from "node:http";
import type { AddressInfo } from "node:net";
import { GET as missed } from "@/app/api/webhooks/calls/[account]/missed/route";
import { POST } from "@/app/api/webhooks/calls/[account]/route";
import { env } from "@/env";

/** The doors that providers of calls ask and post to, behind a real HTTP server; `env.RINGBACK_URL` becomes its address. */
export async function openCallDoor(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname } = new URL(request.url ?? "/", "http://door");
    const [account = "", further] = pathname.replace("/api/webhooks/calls/", "").split("/");
    const get = request.method === "GET";
    const asked = new Request(`http://${request.headers.host}${request.url}`, {
      method: request.method ?? "GET",
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      ...(get ? {} : { body: new Uint8Array(Buffer.concat(chunks)) }),
    });
    const open = further === "missed" ? missed : POST;
    const answer = await open(asked, { params: Promise.resolve({ account }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
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
