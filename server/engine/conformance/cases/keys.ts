import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Case } from "../case";
import { returned, signature } from "../raw-app";

const seconds = (header: unknown): number => Number(/t=(\d+)/.exec(String(header))?.[1]);

/** Who may ask, and who is believed. Only in cloud mode. */
export const keyCases: Case[] = [
  {
    title: "calls are signed with the signing key and the time of the call",
    needs: "signingKey",
    async verify({ rawApp, send, ended, target }) {
      const app = await rawApp("signed", ({ text, headers }) => {
        const header = headers["x-inngest-signature"];
        const at = seconds(header);
        const right = signature(text, target.signingKey ?? "", String(at)) === String(header);
        return returned({ right, recent: Math.abs(Date.now() / 1000 - at) < 300 });
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: { text: "ü नमस्ते", n: 1.5, list: [] } });
      assert.deepEqual((await ended(id)).output, { right: true, recent: true });
    },
  },
  {
    title: "an app that still has the older key is registered, called with that key and believed",
    needs: "olderKey",
    async verify({ rawApp, send, ended, target, ledger }) {
      const older = target.olderKey ?? "";
      const app = await rawApp(
        "rotated",
        ({ text, headers }) => {
          const header = headers["x-inngest-signature"];
          if (signature(text, older, String(seconds(header))) === String(header)) return returned("older");
          ledger.note("newer");
          return { status: 401, body: { message: "another key" } };
        },
        older,
      );
      assert.equal(
        (await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }])).status,
        200,
      );
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, "older");
      assert.equal(ledger.count("newer"), 1);
    },
  },
  {
    title: "an answer without a valid signature is not believed",
    only: "embedded",
    needs: "signingKey",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("unsigned", ({ body }) => {
        ledger.note(`attempt ${body.ctx.attempt}`);
        const reply = returned("forged");
        if (body.ctx.attempt > 0 || reply === "broken") return returned("signed");
        return { ...reply, signed: false };
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, "signed");
      assert.deepEqual(ledger.entries(), ["attempt 0", "attempt 1"]);
    },
  },
  {
    title: "an answer that was signed more than five minutes ago is not believed",
    only: "embedded",
    needs: "signingKey",
    async verify({ rawApp, send, ended, target }) {
      const app = await rawApp("replayed-answer", ({ body }) => {
        const reply = returned("old");
        if (body.ctx.attempt > 0 || reply === "broken") return returned("new");
        const old = String(Math.floor(Date.now() / 1000) - 400);
        const header = signature(JSON.stringify("old"), target.signingKey ?? "", old);
        return { ...reply, headers: { ...reply.headers, "x-inngest-signature": header }, signed: false };
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, "new");
    },
  },
  {
    title: "without the signing key nothing is registered, read or cancelled",
    needs: "signingKey",
    async verify({ rawApp, target, send }) {
      const stranger = await rawApp("stranger", () => returned("never"), `signkey-test-${"0f".repeat(32)}`);
      assert.equal(
        (await stranger.register([{ id: "fn", triggers: [{ event: stranger.name }] }])).status,
        401,
      );
      const [id = ""] = await send({ name: "keys/read", data: {} });
      const ask = async (path: string, method = "GET"): Promise<number> =>
        (await fetch(new URL(path, target.url), { method })).status;
      assert.equal(await ask(`/v1/events/${id}`), 401);
      assert.equal(await ask(`/v1/events/${id}/runs`), 401);
      assert.equal(await ask("/v1/runs/any"), 401);
      assert.equal(await ask("/v1/runs/any", "DELETE"), 401);
      assert.equal(await ask("/v0/runs/any/batch"), 401);
      assert.equal(await ask("/v0/runs/any/actions"), 401);
      assert.equal(await ask("/v1/checkpoint/any/async", "POST"), 401);
    },
  },
  {
    title: "the hashed key of another prefix or body is no bearer token",
    only: "embedded",
    needs: "signingKey",
    async verify({ target }) {
      const bare = (target.signingKey ?? "").replace(/^signkey-\w+-/, "");
      const wrong = [bare, createHmac("sha256", bare).update("x").digest("hex"), target.signingKey ?? ""];
      for (const token of wrong) {
        const headers = { authorization: `Bearer ${token}` };
        assert.equal((await fetch(new URL("/v1/runs/any", target.url), { headers })).status, 401);
      }
    },
  },
  {
    title: "a wrong event key sends nothing",
    needs: "signingKey",
    async verify({ target }) {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ name: "keys/wrong", data: {} });
      const response = await fetch(new URL("/e/wrong", target.url), { method: "POST", headers, body });
      assert.ok(response.status === 401 || response.status === 403, `answered ${response.status}`);
    },
  },
];
