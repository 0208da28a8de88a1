import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { configureImport } from "./configure";
import { getImport } from "./get";
import { importOptionsSchema, MOST_BYTES } from "./schemas";
import { saveUpload } from "./storage";
import { ownDataDirectory, pieces, uploadFile } from "./testing/files";
import { uploadImport } from "./upload";

const db = await testDatabase();
const dataDir = ownDataDirectory();
let admin: Context;

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const text = "Name,City\r\nJosé Müller,Köln\r\n";
const stored = (id: string) => readFileSync(path.join(dataDir, "uploads", `${id}.csv`), "utf8");
const utf16be = (words: string) => Buffer.from(`\uFEFF${words}`, "utf16le").swap16();

describe("the encoding is found out, and the file kept as UTF-8 without a mark", () => {
  test.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), "utf-8"],
    ["UTF-16LE with a mark", Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16le"],
    ["UTF-16LE without a mark", Buffer.from(text, "utf16le"), "utf-16le"],
    ["UTF-16BE with a mark", utf16be(text), "utf-16be"],
    ["Windows-1252", Buffer.from(text, "latin1"), "windows-1252"],
  ])("%s", async (_name, bytes, encoding) => {
    const importId = await uploadFile(admin, bytes);
    expect((await getImport(admin, { importId })).encoding).toBe(encoding);
    expect(stored(importId)).toBe(text);
  });

  test("a letter that breaks UTF-8 after the first megabyte counts too", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`Name,City\n${"Asha,Pune\n".repeat(120_000)}`),
      Buffer.from("Jos\xe9,K\xf6ln\n", "latin1"),
    ]);
    const importId = await uploadFile(admin, bytes);
    expect((await getImport(admin, { importId })).encoding).toBe("windows-1252");
    expect(stored(importId).endsWith("José,Köln\n")).toBe(true);
  });
});

describe("the delimiter and the header are found out", () => {
  test.each([
    ["comma", "name,phone\nAsha,9876543210\n", ",", ["name", "phone"]],
    ["semicolon", 'name;phone\n"Rao, Asha";9876543210\n', ";", ["name", "phone"]],
    ["tab", "name\tphone\nAsha\t9876543210\n", "\t", ["name", "phone"]],
    ["pipe", "name|phone\nAsha|9876543210\n", "|", ["name", "phone"]],
    ["one column", "phone\n9876543210\n", ",", ["phone"]],
    ["no header", "Asha,9876543210\nRavi,9876543211\n", ",", ["Column 1", "Column 2"]],
    ["repeated and empty names", "phone,phone,\n1,2,3\n", ",", ["phone", "phone (2)", "Column 3"]],
    ["line breaks in a quoted cell", 'name,note\n"Asha","a\nb"\n', ",", ["name", "note"]],
    ["old Mac line ends", "name,phone\rAsha,9876543210\r", ",", ["name", "phone"]],
  ])("%s", async (_name, content, delimiter, headers) => {
    const row = await getImport(admin, { importId: await uploadFile(admin, content) });
    expect({ delimiter: row.delimiter, headers: row.headers }).toEqual({ delimiter, headers });
  });

  test("whoever knows better about the header is believed", async () => {
    const importId = await uploadFile(admin, "Asha,Pune\nRavi,Agra\n");
    expect((await getImport(admin, { importId })).headers).toEqual(["Asha", "Pune"]);
    const options = importOptionsSchema.parse({ hasHeader: false });
    await configureImport(admin, { importId, mapping: {}, options });
    const row = await getImport(admin, { importId });
    expect(row.headers).toEqual(["Column 1", "Column 2"]);
    expect(row.sample).toEqual([
      ["Asha", "Pune"],
      ["Ravi", "Agra"],
    ]);
  });
});

describe("the mapping is guessed from names and values, and remembered", () => {
  test.each([
    [
      "English names",
      "Customer ID,Full Name,Mobile No.,E-mail ID,DOB\nC1,Asha,9876543210,a@example.com,31/12/1980\n",
      {
        "Customer ID": "external_id",
        "Full Name": "name",
        "Mobile No.": "phone",
        "E-mail ID": "email",
        DOB: "birth_date",
      },
    ],
    [
      "Hindi names",
      "नाम,मोबाइल नंबर,शहर,Bhasha\nआशा,9876543210,पुणे,हिन्दी\n",
      { नाम: "name", "मोबाइल नंबर": "phone", शहर: "city", Bhasha: "language" },
    ],
    [
      "values under unknown names",
      "who,x1,x2\nAsha,9876543210,a@example.com\nRavi,9876543211,b@example.com\n",
      { who: "attribute:who", x1: "phone", x2: "email" },
    ],
    [
      "a name that the values deny",
      "contact,age\ncellular,58\nunknown,44\n",
      { contact: "attribute:contact", age: "attribute:age" },
    ],
    [
      "serial numbers are left out",
      "S.No.,name,phone\n1,Asha,9876543210\n",
      { name: "name", phone: "phone" },
    ],
  ])("%s", async (_name, content, mapping) => {
    const row = await getImport(admin, { importId: await uploadFile(admin, content) });
    expect(row.mapping).toEqual(mapping);
  });

  test("a file with the same columns in another order gets the mapping of the last one, and is asked for consent anew", async () => {
    const mapping = { who: "name", reach: "phone" };
    await uploadFile(admin, "who,reach,zone\nAsha,9876543210,4\n", {
      mapping,
      options: {
        country: "GB",
        consent: {
          kind: "given",
          grants: [{ channel: "sms", purpose: "promotional" }],
          text: "Yes, send me offers.",
          date: "2026-01-01",
        },
      },
    });
    const again = await getImport(admin, {
      importId: await uploadFile(admin, "zone,who,reach\n5,Ravi,9876543211\n"),
    });
    expect(again.mapping).toEqual(mapping);
    expect(again.options).toMatchObject({ country: "GB", consent: { kind: "none" } });
  });
});

const filesKept = () =>
  existsSync(path.join(dataDir, "uploads")) ? readdirSync(path.join(dataDir, "uploads")).sort() : [];

describe("what is not a list of customers is refused in plain words, and nothing is kept", () => {
  test.each([
    ["an empty file", Buffer.alloc(0), /file is empty/],
    ["blank lines", Buffer.from("\n\r\n\n"), /file is empty/],
    ["names without rows", Buffer.from("name,phone\n"), /no rows under them/],
    ["a damaged Excel workbook", Buffer.from("PK\x03\x04rest"), /workbook is damaged/],
    [
      "an old Excel workbook",
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]),
      /old Excel workbook.*password.*CSV UTF-8/,
    ],
    ["a compressed file", gzipSync("name,phone\n"), /compressed file/],
    ["a PDF", Buffer.from("%PDF-1.7"), /PDF/],
    ["bytes that are no text", Buffer.from([65, 1, 2, 0, 66, 10, 200, 0, 3]), /not a text file/],
    ["an unknown encoding", Buffer.from([...Buffer.from("name\nAsh"), 0x81, 0x8d, 10]), /unknown encoding/],
    ["a quotation mark that never closes", Buffer.from('"name,phone\nAsha,98\n'), /never closed/],
  ])("%s", async (_name, bytes, sentence) => {
    const before = filesKept();
    await expect(uploadFile(admin, bytes)).rejects.toThrow(sentence);
    expect(filesKept()).toEqual(before);
  });

  test("a file above the limit", async () => {
    const before = filesKept();
    const line = Buffer.from("Asha,9876543210\n".repeat(65_536));
    async function* endless() {
      for (let bytes = 0; bytes <= MOST_BYTES; bytes += line.length) yield line;
    }
    await expect(uploadImport(admin, { fileName: "big.csv", content: endless() })).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
    });
    expect(filesKept()).toEqual(before);
  });

  test("a full disk", async () => {
    const target = path.join(dataDir, "full", "x.csv");
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync("/dev/full", `${target}.raw`);
    await expect(saveUpload(pieces(text), target)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringMatching(/disk of the server is full.*Nothing was kept/),
    });
    expect(readdirSync(path.dirname(target))).toEqual([]);
  });

  test("an upload that breaks off", async () => {
    const before = filesKept();
    async function* broken() {
      yield Buffer.from("name,phone\nAsha,98");
      throw new Error("aborted");
    }
    await expect(uploadImport(admin, { fileName: "x.csv", content: broken() })).rejects.toThrow("aborted");
    expect(filesKept()).toEqual(before);
  });
});

test("only administrators and marketers import; another workspace's import does not exist", async () => {
  const importId = await uploadFile(admin, text);
  for (const role of ["supervisor", "agent", "advisor"] as const) {
    const ctx = await makeMember(db.owner, admin.workspaceId, role);
    await expect(uploadFile(ctx, text)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getImport(ctx, { importId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(getImport(stranger, { importId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
