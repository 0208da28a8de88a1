import fc from "fast-check";
import { type ParsedMail, simpleParser } from "mailparser";
import { describe, expect, test } from "vitest";
import { email } from "../testing/messages";
import { isPlainMail, writeMail } from "./write-mail";

type Mail = Parameters<typeof writeMail>[0];

const date = new Date("2026-11-26T06:30:00Z");

function mail(given: { subject?: string; name?: string; text?: string; html?: string | null }): Mail {
  const { content, ...made } = email() as Mail;
  return {
    ...made,
    to: { name: given.name ?? "Asha Rao", address: "asha@example.test" },
    content: {
      ...content,
      subject: given.subject ?? "Your renewal",
      text: given.text ?? "Dear Asha",
      html: given.html === undefined ? "<p>Dear Asha</p>" : given.html,
    },
  };
}

const read = (message: Mail): Promise<ParsedMail> => simpleParser(writeMail(message, date));

/** Words as a mail carries them: one kind of line end, and no control characters besides. */
const lines = (text: string): string => text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
const letters = fc
  .string({ unit: "grapheme", maxLength: 200 })
  .filter((text) => !/[\p{Cc}\ufffd\ufeff]/u.test(text));
const header = letters.map((text) => text.replace(/[\p{C}\p{Z}\s]+/gu, " ").trim());
const broken = fc
  .array(fc.oneof(letters, fc.constantFrom("\n", "\r\n", " \n", "\t\n", ".", "=", "₹", "From ", "=3D")), {
    maxLength: 30,
  })
  .map((parts) => parts.join(""));

describe("a mail that is written by hand", () => {
  test("says to a reader's program what it was given, whatever the letters", async () => {
    await fc.assert(
      fc.asyncProperty(header, header, broken, broken, async (subject, name, text, html) => {
        const got = await read(mail({ subject, name, text: `${text}|`, html: `${html}|` }));
        expect(got.subject ?? "").toBe(subject);
        expect(Array.isArray(got.to) ? null : got.to?.value).toEqual([
          { address: "asha@example.test", name },
        ]);
        expect(lines(got.text ?? "")).toBe(lines(`${text}|`));
        expect(lines(got.html || "")).toBe(lines(`${html}|`));
      }),
      { numRuns: 120 },
    );
  });

  test("keeps to lines of 76 bytes of ASCII, in body and head", () => {
    fc.assert(
      fc.property(header, broken, (subject, html) => {
        const message = mail({ subject, html, text: html });
        for (const line of writeMail(message, date).toString("latin1").split("\r\n")) {
          expect(line).toMatch(/^[\t\x20-\x7e]*$/);
          // An address or a word that has no blank cannot be folded.
          if (!/^ ?<|https?:/.test(line)) expect(line.length).toBeLessThanOrEqual(76);
        }
      }),
    );
  });

  test("lets no value begin a header of its own", async () => {
    const got = await read(mail({ subject: "Hello\r\nBcc: everybody@example.test", name: "A\nX-Evil: 1" }));
    expect(got.headers.has("bcc")).toBe(false);
    expect(got.headers.has("x-evil")).toBe(false);
    expect(got.subject).toBe("Hello Bcc: everybody@example.test");
  });

  test("has one text part where there is no HTML, and its date and ids", async () => {
    const message = mail({ html: null, text: "₹12,500" });
    const got = await read(message);
    expect(got.html).toBe(false);
    expect(lines(got.text ?? "")).toBe("₹12,500");
    expect(got.date).toEqual(date);
    expect(got.headers.get("x-ringback-id")).toBe(message.publicId);
    expect(got.messageId).toMatch(new RegExp(`^<${message.publicId}@`));
  });
});

test("files, and addresses out of the ordinary, are left to the composer", () => {
  const plain = mail({});
  expect(isPlainMail(plain)).toBe(true);
  expect(isPlainMail({ ...plain, to: { name: "", address: "आशा@उदाहरण.भारत" } })).toBe(false);
  expect(isPlainMail({ ...plain, to: { name: "", address: '"a b"@example.test' } })).toBe(false);
  const attachments = [{ fileId: "f", name: "policy.pdf", mediaType: "application/pdf" }];
  expect(isPlainMail({ ...plain, content: { ...plain.content, attachments } })).toBe(false);
});
