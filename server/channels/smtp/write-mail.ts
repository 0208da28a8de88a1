import { encodeWord, foldLines } from "nodemailer/lib/mime-funcs";
import type { EmailContent, Mailbox, OutboundMessage } from "../adapter";
import { extraHeaders, messageId } from "../headers";
import { mostQuotedPrintable, writeQuotedPrintable } from "./quoted-printable";

type Mail = OutboundMessage<EmailContent>;

const ASCII = /^[\x20-\x7e]*$/;
/** Addresses that stand in a header as they are; others (IDN, quoted local parts) are for a composer that knows them. */
const PLAIN_ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/;
const LONGEST_LINE = 76;

/** Whether `writeMail` can write it: no files, and usual addresses. */
export const isPlainMail = ({ content, to }: Mail): boolean =>
  content.attachments.length === 0 &&
  PLAIN_ADDRESS.test(content.from.address) &&
  PLAIN_ADDRESS.test(to.address);

/**
 * The bytes of a mail without files (RFC 5322, 2047, 2045): both parts quoted-printable. Written by hand because a general
 * composer takes longer for it than everything else that a message needs, the SMTP conversation included.
 */
export function writeMail(mail: Mail, date: Date): Buffer {
  const { content } = mail;
  const boundary = `--_${mail.publicId}`;
  const headers: [string, string][] = [
    ["From", mailbox(content.from)],
    ["To", mailbox(mail.to)],
    ["Subject", words(content.subject)],
    ["Message-ID", messageId(mail)],
    ...Object.entries(extraHeaders(mail)),
    ["Date", date.toUTCString().replace("GMT", "+0000")],
    ["MIME-Version", "1.0"],
  ];
  const head = headers.map(([name, value]) => folded(`${name}: ${value}`)).join("");
  if (content.html === null) return join([`${head}${partHead("plain")}`, Buffer.from(content.text), "\r\n"]);
  return join([
    `${head}Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\n${partHead("plain")}`,
    Buffer.from(content.text),
    `\r\n--${boundary}\r\n${partHead("html")}`,
    Buffer.from(content.html),
    `\r\n--${boundary}--\r\n`,
  ]);
}

const partHead = (kind: "plain" | "html"): string =>
  `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;

// Mails are written one at a time, so one space for all of them is enough.
let scratch = Buffer.allocUnsafe(256 * 1024);

/** Strings are ASCII and stay as they are; buffers are bodies and become quoted-printable. */
function join(parts: (string | Buffer)[]): Buffer {
  const most = parts.reduce((sum, part) => sum + mostQuotedPrintable(part.length), 0);
  if (most > scratch.length) scratch = Buffer.allocUnsafe(most);
  let at = 0;
  for (const part of parts)
    at =
      typeof part === "string"
        ? at + scratch.write(part, at, "latin1")
        : writeQuotedPrintable(part, scratch, at);
  return Buffer.from(scratch.subarray(0, at));
}

/** No value can begin another header. */
const oneLine = (value: string): string => value.replace(/\p{Cc}+/gu, " ").trim();

function words(value: string): string {
  const line = oneLine(value);
  return isPlain(line) ? line : encoded(line);
}

// What looks like an encoded word would be read as one.
const isPlain = (line: string): boolean => ASCII.test(line) && !line.includes("=?");

/** Encoded words (RFC 2047); base64 where most letters are not Latin. */
function encoded(line: string): string {
  const others = line.replace(/[\x20-\x7e]/g, "").length;
  return encodeWord(line, others > line.length / 2 ? "B" : "Q", 52);
}

function mailbox({ name, address }: Mailbox): string {
  const line = oneLine(name);
  if (line === "") return address;
  if (!isPlain(line)) return `${encoded(line)} <${address}>`;
  return /^[\w ]+$/.test(line) ? `${line} <${address}>` : `"${line.replace(/["\\]/g, "\\$&")}" <${address}>`;
}

const folded = (line: string): string =>
  `${line.length > LONGEST_LINE ? foldLines(line, LONGEST_LINE) : line}\r\n`;
