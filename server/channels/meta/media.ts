import { randomBytes } from "node:crypto";
import type { ProviderClient } from "@/server/platform/provider-client";
import type { StoredFile } from "../files";
import { graph } from "./calls";
import type { Media } from "./message";

/** Meta keeps an uploaded file for 30 days; ours is sent again well before. */
const KEPT_MS = 25 * 24 * 3_600_000;

/** Files that Meta has already, by our id: a campaign's picture is uploaded once, not once for each customer. */
export class MediaShelf {
  readonly #known = new Map<string, { media: Promise<Media>; since: number }>();

  constructor(
    private readonly client: ProviderClient,
    private readonly account: { phoneNumberId: string; accessToken: string },
  ) {}

  /** Meta's id of a file. @throws AppError with Meta's words */
  get(fileId: string, read: () => Promise<StoredFile>): Promise<Media> {
    const known = this.#known.get(fileId);
    if (known && performance.now() - known.since < KEPT_MS) return known.media;
    const media = read().then((file) => this.#upload(file));
    this.#known.set(fileId, { media, since: performance.now() });
    media.catch(() => this.#known.delete(fileId));
    return media;
  }

  async #upload(file: StoredFile): Promise<Media> {
    const boundary = `ringback-${randomBytes(12).toString("hex")}`;
    const field = (name: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const name = file.name.replace(/[^\w. -]/g, "_");
    const body = Buffer.concat([
      Buffer.from(field("messaging_product", "whatsapp") + field("type", file.mediaType)),
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${file.mediaType}\r\n\r\n`,
      ),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const { id } = await graph(this.client, this.account.accessToken, {
      method: "POST",
      path: `/${this.account.phoneNumberId}/media`,
      body,
      type: `multipart/form-data; boundary=${boundary}`,
    });
    return { id: String(id), name };
  }
}
