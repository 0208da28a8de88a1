import assert from "node:assert/strict";
import type { Case } from "../case";
import { returned } from "../raw-app";

/** What happens when an app registers again. */
export const registrationCases: Case[] = [
  {
    title: "a function that an app no longer lists is started no more; the others go on",
    async verify({ rawApp, send, ended, runsOf, ledger }) {
      const app = await rawApp("unlisted", ({ body }) => ledger.note(body.event.name, returned("ran")));
      const [kept, gone] = ["kept", "gone"].map((id) => ({ id, triggers: [{ event: `${app.name}/${id}` }] }));
      if (!kept || !gone) return;
      await app.register([kept, gone]);
      const [before = ""] = await send({ name: `${app.name}/gone`, data: {} });
      assert.equal((await ended(before)).status, "Completed");
      await app.register([kept]);
      const [after = "", other = ""] = await send([
        { name: `${app.name}/gone`, data: {} },
        { name: `${app.name}/kept`, data: {} },
      ]);
      assert.equal((await ended(other)).status, "Completed");
      assert.deepEqual(await runsOf(after, 0), []);
      assert.equal(ledger.count(`${app.name}/gone`), 1);
    },
  },
  {
    title: "an app that moved is called at its new address",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("new-address", () => ledger.note("call", returned("there")));
      const functions = [{ id: "fn", triggers: [{ event: app.name }] }];
      await app.register(functions);
      await app.move();
      await app.register(functions);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, "there");
    },
  },
  {
    title: "a changed trigger counts from the next event on",
    async verify({ rawApp, send, ended, runsOf }) {
      const app = await rawApp("changed", ({ body }) => returned(body.event.name));
      const on = (name: string) => [{ id: "fn", triggers: [{ event: `${app.name}/${name}` }] }];
      await app.register(on("old"));
      await app.register(on("new"));
      const [old = "", fresh = ""] = await send([
        { name: `${app.name}/old`, data: {} },
        { name: `${app.name}/new`, data: {} },
      ]);
      assert.equal((await ended(fresh)).output, `${app.name}/new`);
      assert.deepEqual(await runsOf(old, 0), []);
    },
  },
  {
    title: "a limit that is raised lets the runs go that it held back",
    async verify({ rawApp, send, ledger }) {
      const app = await rawApp("raised", async () => {
        ledger.note("began");
        await ledger.until("release");
        return returned(null);
      });
      const limited = (concurrency: number) => [{ id: "fn", concurrency, triggers: [{ event: app.name }] }];
      await app.register(limited(1));
      await send([1, 2].map((n) => ({ name: app.name, data: { n } })));
      await ledger.until("began");
      await app.register(limited(2));
      await ledger.until("began", 2);
      ledger.note("release");
    },
  },
  {
    title: "a run goes on that was waiting while its app registered again",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("goes-on", ({ body }) => {
        ledger.note("call");
        const slept = Object.keys(body.steps).length > 0;
        return slept
          ? returned("awake")
          : {
              status: 206,
              headers: { "x-inngest-sdk": "js:v4.24.0" },
              body: [{ id: "z", op: "Sleep", name: "3s" }],
            };
      });
      const functions = [{ id: "fn", triggers: [{ event: app.name }] }];
      await app.register(functions);
      const [id = ""] = await send({ name: app.name, data: {} });
      await ledger.until("call");
      await app.move();
      await app.register([{ ...functions[0], id: "fn", retries: 1 }]);
      assert.equal((await ended(id)).output, "awake");
    },
  },
  {
    title: "a function that an app lists again is started again",
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("again", () => returned("again"));
      const functions = [{ id: "fn", triggers: [{ event: app.name }] }];
      await app.register(functions);
      await app.register([]);
      await app.register(functions);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, "again");
    },
  },
  {
    title: "a registration that is refused changes nothing",
    only: "embedded",
    async verify({ rawApp, send, ended, runsOf }) {
      const app = await rawApp("all-or-none", ({ body }) => returned(body.event.name));
      const on = (id: string, name: string) => ({ id, triggers: [{ event: `${app.name}/${name}` }] });
      await app.register([on("fn", "old")]);
      const bad = { ...on("bad", "bad"), priority: { run: "size(event.data.x)" } };
      assert.equal((await app.register([on("fn", "new"), bad])).status, 400);
      const [old = "", fresh = ""] = await send([
        { name: `${app.name}/old`, data: {} },
        { name: `${app.name}/new`, data: {} },
      ]);
      assert.equal((await ended(old)).output, `${app.name}/old`);
      assert.deepEqual(await runsOf(fresh, 0), []);
    },
  },
];
