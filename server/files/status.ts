import type { Role } from "@/server/platform/context";

/** Who may upload. */
export const fileEditors = ["admin", "marketer", "advisor"] as const satisfies readonly Role[];

/** As people and `formatBytes` count it. */
const MB = 1_000_000;

/** What a file is for; an image goes anywhere, a document goes with a mail or at the head of a WhatsApp message. */
export const fileKinds = {
  image: {
    label: "image",
    types: ["image/png", "image/jpeg", "image/gif", "image/webp"],
    accept: "image/png,image/jpeg,image/gif,image/webp",
    most: 5 * MB,
  },
  document: {
    label: "document",
    types: [
      "application/pdf",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      "text/plain",
      "text/csv",
      "text/calendar",
    ],
    accept: ".pdf,.docx,.xlsx,.pptx,.txt,.csv,.ics",
    most: 10 * MB,
  },
  video: { label: "video", types: ["video/mp4"], accept: "video/mp4", most: 16 * MB },
} as const;
export type FileKind = keyof typeof fileKinds;

/** Largest file of all kinds. */
export const MOST_BYTES = fileKinds.video.most;

/** The kind of a media type that is taken, or null. */
export const kindOf = (mediaType: string): FileKind | null =>
  (Object.keys(fileKinds) as FileKind[]).find((kind) =>
    (fileKinds[kind].types as readonly string[]).includes(mediaType),
  ) ?? null;
