import { expect, test } from "vitest";
import { imageSize } from "./image-size";
import { sniff } from "./sniff";
import { docx, pdf, png, zip } from "./testing/samples";

const bytes = (...values: number[]): Buffer => Buffer.concat([Buffer.from(values), Buffer.alloc(64)]);
const text = (words: string): Buffer => Buffer.from(words);

const taken: [string, Buffer, string, string][] = [
  ["a PNG under a wrong name", png(), "invoice.pdf", "image/png"],
  ["a JPEG", bytes(0xff, 0xd8, 0xff, 0xe0), "a.jpg", "image/jpeg"],
  ["a GIF", text("GIF89a".padEnd(40)), "a", "image/gif"],
  ["a WebP", text("RIFF1234WEBPVP8 ".padEnd(64)), "a", "image/webp"],
  [
    "an MP4",
    Buffer.concat([bytes(0, 0, 0, 24).subarray(0, 4), text("ftypisom".padEnd(60))]),
    "a.mp4",
    "video/mp4",
  ],
  ["a PDF", pdf(), "a.pdf", "application/pdf"],
  [
    "a Word document",
    docx(),
    "a.docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ],
  ["a text", text("Hello, नमस्ते"), "a.txt", "text/plain"],
  ["a CSV", text("a,b\n1,2"), "a.CSV", "text/csv"],
];
test.each(taken)("%s is what its content says", (_what, content, name, mediaType) => {
  expect(sniff(content, name)).toEqual({ ok: true, mediaType });
});

const refused: [string, Buffer, string, RegExp][] = [
  ["a Windows program named as a picture", text("MZ\u0090".padEnd(80)), "holiday.png", /program/],
  ["a Linux program", bytes(0x7f, 0x45, 0x4c, 0x46), "a", /program/],
  ["a macOS program", bytes(0xcf, 0xfa, 0xed, 0xfe), "a", /program/],
  ["a shell script", text("#!/bin/sh\nrm -rf /"), "a.txt", /program/],
  ["a web page named as a text", text("\ufeff <!DOCTYPE html><html>"), "a.txt", /web page/],
  ["a script named as a text", text("<script>alert(1)</script>"), "a.txt", /web page/],
  ["an SVG", text('<?xml version="1.0"?><svg onload="x">'), "a.svg", /PNG/],
  ["a zip", zip({ "a.txt": "x" }), "a.docx", /archive/],
  ["an Office document with macros", docx({ "word/vbaProject.bin": "x" }), "a.docx", /macros/],
  [
    "an Office document that calls itself one with macros",
    docx({ "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml" }),
    "a.docx",
    /macros/,
  ],
  ["an Office document with a program in it", docx({ "word/x.exe": "x" }), "a.docx", /macros/],
  ["an old Office document", bytes(0xd0, 0xcf, 0x11, 0xe0), "a.doc", /PDF/],
  ["a RAR", text("Rar!\u001a\u0007".padEnd(80)), "a", /archive/],
  ["a gzip", bytes(0x1f, 0x8b), "a.txt", /archive/],
  ["a PDF with a script", pdf("/OpenAction << /S /JavaScript /JS (app.alert) >>"), "a.pdf", /runs something/],
  ["a PDF that starts a program", pdf("/A << /S /Launch >>"), "a.pdf", /runs something/],
  ["a script language by its name", text("print(1)"), "a.py", /does not take/],
  ["bytes that mean nothing", bytes(1, 2, 3, 250), "a.txt", /does not take/],
  [
    "a video that phones do not play",
    Buffer.concat([bytes(0, 0, 0, 24).subarray(0, 4), text("ftypqt  ".padEnd(60))]),
    "a.mov",
    /MP4/,
  ],
];
test.each(refused)("%s is refused in words", (_what, content, name, words) => {
  const sniffed = sniff(content, name);
  expect(sniffed.ok ? sniffed.mediaType : sniffed.reason).toMatch(words);
});

test("an image's size is read from its head", () => {
  expect(imageSize(png(600, 200), "image/png")).toEqual({ width: 600, height: 200 });
  const gif = Buffer.from("GIF89a\x58\x02\xc8\x00", "latin1");
  expect(imageSize(gif, "image/gif")).toEqual({ width: 600, height: 200 });
  const jpeg = Buffer.from("ffd8ffe000040000ffc0001108012c025803", "hex");
  expect(imageSize(Buffer.concat([jpeg, Buffer.alloc(8)]), "image/jpeg")).toEqual({
    width: 600,
    height: 300,
  });
  const webp = Buffer.concat([
    Buffer.from("RIFF1234WEBPVP8X"),
    Buffer.alloc(8),
    Buffer.from("570200c70000", "hex"),
  ]);
  expect(imageSize(webp, "image/webp")).toEqual({ width: 600, height: 200 });
  expect(imageSize(png().subarray(0, 18), "image/png")).toBeNull();
  expect(imageSize(pdf(), "application/pdf")).toBeNull();
});
