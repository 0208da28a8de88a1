import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/(public)/f/[token]/route";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { launchCampaign } from "@/server/campaigns";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import type { Context } from "@/server/platform/context";
import { filePath, fileUrl, readFileToken } from "./links";
import { listFiles } from "./list";
import { readFile } from "./read";
import type { FileKind } from "./status";
import { sweepFiles } from "./sweep";
import { FakeBucket } from "./testing/fake-bucket";
import { chunks, pdf, png } from "./testing/samples";
import { uploadFile } from "./upload";

temporaryDataDir();
const db = await testDatabase();
let marketer: Context & { userId: string };

beforeEach(async () => {
  await db.moveClock("0");
  marketer = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
});

const upload = (
  bytes: Buffer,
  name = "picture.png",
  kinds: FileKind[] = ["image", "document"],
  ctx: Context = marketer,
) => uploadFile(ctx, { name, kinds, content: chunks(bytes) });

const onDisk = (id: string) =>
  existsSync(path.join(env.RINGBACK_DATA_DIR, "files", marketer.workspaceId, id));

const get = (address: string) =>
  GET(new Request("http://x.test"), { params: Promise.resolve({ token: address.split("/f/")[1] ?? "" }) });

describe("an upload", () => {
  test("keeps the bytes and says what they are", async () => {
    const info = await upload(png(600, 200), "C:\\fakepath\\Diwali\u202e offer.png");
    expect(info).toMatchObject({ name: "Diwali offer.png", mediaType: "image/png", width: 600, height: 200 });
    expect((await readFile(marketer.workspaceId, info.id)).bytes).toEqual(png(600, 200));
    expect(onDisk(info.id)).toBe(true);
    expect(await db.owner`select action, after from audit_entries where subject_id = ${info.id}`).toEqual([
      { action: "file.uploaded", after: { mediaType: "image/png", bytes: 64 } },
    ]);
  });

  test("is refused empty, too large, of another kind or from another role, and nothing stays", async () => {
    await expect(upload(Buffer.alloc(0))).rejects.toMatchObject({ code: "BAD_INPUT" });
    const large = Buffer.concat([png(), Buffer.alloc(5 * 1024 * 1024)]);
    await expect(upload(large)).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      message: expect.stringContaining("5 MB"),
    });
    await expect(upload(pdf(), "a.pdf", ["image"])).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: "Here only an image can be used.",
    });
    const agent = await makeMember(db.owner, marketer.workspaceId, "agent");
    await expect(upload(png(), "a.png", ["image"], agent)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const [count] =
      await db.owner`select count(*)::int as n from files where workspace_id = ${marketer.workspaceId}`;
    expect(count?.n).toBe(0);
  });

  test("is not there for another workspace", async () => {
    const { id } = await upload(png());
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
    await expect(readFile(stranger.workspaceId, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(readFile(marketer.workspaceId, "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listFiles(stranger, { ids: [id, "x"] })).toEqual([]);
  });
});

describe("a link to a file", () => {
  test("opens an image for anybody, for ever, and can do nothing but be looked at", async () => {
    const { id } = await upload(png());
    const answer = await get(fileUrl(id));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png());
  });

  test("that ends works until then", async () => {
    const { id } = await upload(pdf(), "Policy & terms.pdf");
    const [file] = await listFiles(marketer, { ids: [id] });
    const open = await get(file?.url ?? "");
    expect([open.status, open.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect(open.headers.get("content-disposition")).toContain("Policy%20%26%20terms.pdf");
    await db.moveClock("2 hours");
    expect((await get(file?.url ?? "")).status).toBe(404);
  });

  test("is not called broken when the storage cannot be read: the door fails, and the log says so", async () => {
    const [lost, unreadable] = [await upload(png()), await upload(png())];
    const at = (id: string) => path.join(env.RINGBACK_DATA_DIR, "files", marketer.workspaceId, id);
    rmSync(at(lost.id));
    expect((await get(fileUrl(lost.id))).status).toBe(404);
    rmSync(at(unreadable.id));
    mkdirSync(at(unreadable.id));
    await expect(get(fileUrl(unreadable.id))).rejects.toMatchObject({ code: "EISDIR" });
    rmSync(at(unreadable.id), { recursive: true });
  });

  test("that was not made here is nothing: another file's tag, a later end, no tag", async () => {
    const [one, other] = [await upload(png()), await upload(png())];
    const tag = fileUrl(one.id).split(".").at(-1);
    const ending = filePath(one.id, new Date("2026-01-01T00:00:00Z"));
    const [named = "", , ...rest] = ending.replace("/f/", "").split(".");
    for (const token of [
      `${other.id}.${tag}`,
      `${named}.zzzzzz.${rest.join(".")}`,
      one.id,
      `${one.id}.`,
      "..",
      "x.y",
    ]) {
      expect(readFileToken(token), token).toBeNull();
      expect((await get(`/f/${token}`)).status).toBe(404);
    }
  });
});

describe("the sweep", () => {
  test("removes what nothing uses after a week, and nothing else", async () => {
    const [unused, inBody, attached, logo, sent] = await Promise.all(
      Array.from({ length: 5 }, () => upload(png())),
    );
    if (!unused || !inBody || !attached || !logo || !sent) throw new Error("not all are there");
    await makeCampaign(db.owner, marketer, {
      bodies: {
        email: {
          en: {
            subject: "x",
            preheader: "",
            body: {
              type: "doc",
              content: [{ type: "image", attrs: { fileId: inBody.id, alt: "", href: "" } }],
            },
          },
        },
      },
      attachments: [{ fileId: attached.id, name: "a.png", mediaType: "image/png", bytes: 64 }],
    });
    await db.owner`update workspaces set branding = ${db.owner.json({ logoFileId: logo.id })} where id = ${marketer.workspaceId}`;
    await makeCustomers(db.owner, marketer.workspaceId, [{}]).then((ids) =>
      grantConsent(db.owner, marketer.workspaceId, ids),
    );
    const campaign = await makeCampaign(db.owner, marketer, {
      attachments: [{ fileId: sent.id, name: "a.png", mediaType: "image/png", bytes: 64 }],
    });
    await launchCampaign(marketer, { id: campaign, version: 1 });
    await db.owner`update campaigns set attachments = '[]' where id = ${campaign}`;
    expect(await sweepFiles()).toBe(0);
    await db.moveClock("8 days");
    // Those of the other tests go with it.
    expect(await sweepFiles()).toBeGreaterThanOrEqual(1);
    expect(await sweepFiles()).toBe(0);
    const left = await listFiles(marketer, {
      ids: [unused, inBody, attached, logo, sent].map(({ id }) => id),
    });
    expect(left.map(({ id }) => id).sort()).toEqual([inBody.id, attached.id, logo.id, sent.id].sort());
    expect([onDisk(unused.id), onDisk(sent.id)]).toEqual([false, true]);
  });
});

test("a file whose bytes cannot be removed keeps no other from its end", async () => {
  const [stuck, free] = [await upload(png()), await upload(png())];
  await db.moveClock("8 days");
  const place = path.join(env.RINGBACK_DATA_DIR, "files", marketer.workspaceId, stuck.id);
  rmSync(place);
  mkdirSync(path.join(place, "in the way"), { recursive: true });
  expect(await sweepFiles()).toBeGreaterThanOrEqual(1);
  expect(onDisk(free.id)).toBe(false);
  await expect(sweepFiles(), "what is left is told of").rejects.toThrow("1 unused files");
  rmSync(place, { recursive: true });
  expect(await sweepFiles()).toBe(1);
});

describe("files in a bucket", () => {
  const bucket = new FakeBucket("a-secret");
  beforeEach(async () => {
    Object.assign(env, {
      FILES_S3_ENDPOINT: await bucket.start(),
      FILES_S3_BUCKET: "ringback",
      FILES_S3_KEY_ID: "KEY",
      FILES_S3_SECRET: "a-secret",
      FILES_S3_REGION: "ap-south-1",
    });
  });
  afterEach(async () => {
    env.FILES_S3_BUCKET = undefined;
    bucket.failing = null;
    await bucket.stop();
  });

  test("are put, read and removed by signed requests, and none lies on the disk", async () => {
    const info = await upload(png());
    const key = `/ringback/${marketer.workspaceId}/${info.id}`;
    expect(bucket.objects.get(key)).toEqual({ bytes: png(), type: "image/png" });
    expect(onDisk(info.id)).toBe(false);
    expect((await readFile(marketer.workspaceId, info.id)).bytes).toEqual(png());
    await db.moveClock("8 days");
    await sweepFiles();
    expect(bucket.objects.size).toBe(0);
  });

  test("with a wrong secret, or a bucket that is away, are refused with what to do, and leave no row", async () => {
    env.FILES_S3_SECRET = "another";
    await expect(upload(png())).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("403"),
    });
    env.FILES_S3_SECRET = "a-secret";
    bucket.failing = 404;
    await expect(upload(png())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await db.owner`select id from files where workspace_id = ${marketer.workspaceId}`).toEqual([]);
  });
});
