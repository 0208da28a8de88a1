import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { Door } from "./door";

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** Answers `/slow` when told to, streams at `/stream`, anything else at once. */
async function open() {
  let finish = () => {};
  let note = () => {};
  const asked = new Promise<void>((resolve) => {
    note = resolve;
  });
  const server = http.createServer((request, response) => {
    if (request.url === "/stream")
      return void response.setHeader("content-type", "text/event-stream").write("data: 1\n\n");
    if (request.url !== "/slow") return void response.end("at once");
    finish = () => response.end("late");
    note();
  });
  servers.push(server);
  const door = new Door(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { door, url, asked, finish: () => finish() };
}

test("a draining door answers, and each answer ends its connection", async () => {
  const { door, url } = await open();
  expect((await fetch(url)).headers.get("connection")).toBe("keep-alive");
  door.drain();
  const answer = await fetch(url);
  expect([answer.headers.get("connection"), await answer.text()]).toEqual(["close", "at once"]);
  await door.close(60_000);
});

test("a closing door takes nothing new and answers what is under way, and only then ends", async () => {
  const { door, url, asked, finish } = await open();
  const slow = fetch(`${url}/slow`);
  await asked;
  let ended = false;
  const closing = door.close(60_000).then(() => {
    ended = true;
  });
  await expect(fetch(url)).rejects.toThrow();
  expect(ended).toBe(false);
  finish();
  expect(await (await slow).text()).toBe("late");
  await closing;
});

test("a closing door cuts streams of events, which would never end", async () => {
  const { door, url } = await open();
  const stream = await fetch(`${url}/stream`);
  const reader = stream.body?.getReader();
  await reader?.read();
  await door.close(60_000);
  await expect(reader?.read()).rejects.toThrow();
});

test("what is still under way after the grace is cut", async () => {
  const { door, url, asked } = await open();
  const slow = fetch(`${url}/slow`).catch(() => "cut");
  await asked;
  await door.close(1);
  expect(await slow).toBe("cut");
});
