import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import postgres, { type Sql } from "postgres";
import { env } from "../env";
import { encodePublicId } from "../server/deliveries/public-id";
import { loadSecrets } from "../server/platform/installation";
import { type MailSink, startMailSink } from "./fixtures/mail-sink";
import { arrangeMailing, mailingLedger, mailingStatus } from "./fixtures/mailing";
import { type Product, startProduct } from "./fixtures/product";

const AUDIENCE = 8_000;
/** Longer than what a proxy takes to look again. */
const drains = { DRAIN_SECONDS: "5" };

let sink: MailSink;
let old: Product;
let young: Product | null = null;
let sql: Sql;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  sink = await startMailSink();
  old = await startProduct({ SMTP_URL: sink.url, ...drains }, ["--no-demo"]);
  env.RINGBACK_SECRET = loadSecrets(old.dataDir).RINGBACK_SECRET;
  sql = postgres(old.databaseUrl(), { max: 1, onnotice: () => {} });
});

test.afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await old?.stop();
  await young?.stop();
  await sink?.close();
});

test("a new version takes over beside the old while a campaign runs: every request is answered, everybody gets one message", async () => {
  test.setTimeout(600_000);
  const campaignId = await arrangeMailing(sql, AUDIENCE);
  await old.ringback("campaign", "launch", campaignId);
  await expect.poll(() => sink.accepted.size, { timeout: 240_000 }).toBeGreaterThan(500);
  young = await startProduct({ SMTP_URL: sink.url, ...drains }, ["--no-demo"], old);
  expect((await fetch(`${young.url}/readyz`)).status).toBe(200);

  const upload = beginRequest(old.url);
  const traffic = drive([old.url, young.url]);
  await expect.poll(traffic.answered).toBeGreaterThan(10);
  const oldUrl = old.url;
  const stopped = old.stop();
  const told = await untilClosed(oldUrl);
  // It had begun before the door was closed, and is answered after it.
  expect(await upload.finish()).toBe(401);
  await stopped;
  const { answered, failed } = await traffic.stop();
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(10);
  expect(told.at(-1)).toEqual({ ready: false, words: "This process is being stopped: send it nothing new." });

  await expect.poll(() => mailingStatus(sql, campaignId), { timeout: 300_000 }).toBe("completed");
  const ledger = await mailingLedger(sql, campaignId);
  const states = new Set(ledger.map(({ state }) => state));
  expect(ledger).toHaveLength(AUDIENCE);
  expect(states, "nothing is unknown").toEqual(new Set(["delivered"]));
  expect(new Set(sink.accepted.keys()), "everybody got it").toEqual(
    new Set(ledger.map((row) => encodePublicId(row))),
  );
  expect(
    [...sink.accepted.values()].filter((times) => times > 1),
    "nobody got it twice",
  ).toEqual([]);
});

/** A sign-in whose body is half sent; `finish` sends the rest and resolves with the status. */
function beginRequest(url: string): { finish: () => Promise<number> } {
  const body = JSON.stringify({ email: "nobody@example.test", password: "a wrong password" });
  const request = http.request(`${url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": body.length },
  });
  const status = new Promise<number>((resolve, reject) => {
    request.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
  });
  request.write(body.slice(0, 10));
  return {
    finish: () => {
      request.end(body.slice(10));
      return status;
    },
  };
}

/** What a load balancer does: asks each door whether it is ready, and sends requests to the first that is. */
function drive(urls: string[]): {
  answered: () => number;
  stop: () => Promise<{ answered: number; failed: string[] }>;
} {
  let going = true;
  let answered = 0;
  const failed: string[] = [];
  const ready = new Map(urls.map((url) => [url, true]));
  const look = async (url: string) => {
    for (; going; await pause(100))
      ready.set(
        url,
        await fetch(`${url}/readyz`)
          .then(({ ok }) => ok)
          .catch(() => false),
      );
  };
  const send = async () => {
    for (; going; await pause(20)) {
      const url = urls.find((one) => ready.get(one)) ?? urls[0];
      const words = await fetch(`${url}/sign-in`).then(({ status }) => `${status}`, String);
      if (words === "200") answered++;
      else failed.push(`${url} ${words}`);
    }
  };
  const all = Promise.all([...urls.map(look), send(), send()]);
  return {
    answered: () => answered,
    stop: async () => {
      going = false;
      await all;
      return { answered, failed };
    },
  };
}

/** What `/readyz` said of the web process, one answer after the other, until nobody takes connections there. */
async function untilClosed(url: string): Promise<unknown[]> {
  const said: unknown[] = [];
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (!answer) return said;
    const { parts } = (await answer.json()) as { parts: { web: unknown } };
    said.push(parts.web);
    await pause(50);
  }
}
