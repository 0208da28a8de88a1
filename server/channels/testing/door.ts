import http from "node:http";
import type { AddressInfo } from "node:net";
import { GET, POST } from "@/app/api/webhooks/[provider]/[account]/route";
import { env } from "@/env";

/** The webhook door behind a real HTTP server, as Next would serve it; `env.RINGBACK_URL` becomes its address. */
export async function openDoor(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, , , provider = "", account = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    const asked = new Request(`http://${request.headers.host}${request.url}`, {
      method: request.method ?? "GET",
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      ...(request.method === "POST" ? { body: new Uint8Array(Buffer.concat(chunks)) } : {}),
    });
    const answer = await (request.method === "POST" ? POST : GET)(asked, {
      params: Promise.resolve({ provider, account }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
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
