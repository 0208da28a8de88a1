import { AwsClient } from "aws4fetch";
import { AppError } from "@/server/platform/errors";
import type { Storage } from "./storage";

export type Bucket = {
  /** `https://s3.ap-south-1.amazonaws.com`, or that of a compatible service. */
  endpoint: string;
  bucket: string;
  keyId: string;
  secret: string;
  region: string;
};

const TIMEOUT_MS = 30_000;

/** A bucket of Amazon S3 or a service that speaks like it. Requests are signed (SigV4); the path names the bucket. */
export function s3Storage({ endpoint, bucket, keyId, secret, region }: Bucket): Storage {
  const client = new AwsClient({
    accessKeyId: keyId,
    secretAccessKey: secret,
    region,
    service: "s3",
    retries: 3,
  });
  const call = async (method: string, key: string, body?: Buffer, type?: string): Promise<Response> => {
    const url = `${endpoint.replace(/\/+$/, "")}/${bucket}/${key}`;
    try {
      return await client.fetch(url, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body ? { body: new Uint8Array(body) } : {}),
        ...(type ? { headers: { "content-type": type } } : {}),
      });
    } catch (error) {
      throw unavailable(`no answer (${error instanceof Error ? error.name : "unknown"})`);
    }
  };
  return {
    put: async (key, bytes, mediaType) => {
      const answer = await call("PUT", key, bytes, mediaType);
      await answer.body?.cancel();
      if (!answer.ok) throw unavailable(`HTTP ${answer.status}`);
    },
    get: async (key) => {
      const answer = await call("GET", key);
      if (answer.ok) return Buffer.from(await answer.arrayBuffer());
      await answer.body?.cancel();
      if (answer.status === 404) return null;
      throw unavailable(`HTTP ${answer.status}`);
    },
    remove: async (key) => {
      const answer = await call("DELETE", key);
      await answer.body?.cancel();
      if (!answer.ok && answer.status !== 404) throw unavailable(`HTTP ${answer.status}`);
    },
  };
}

const unavailable = (what: string): AppError =>
  new AppError(
    "UNAVAILABLE",
    `The file storage does not answer as it should: ${what}. Try again; if it stays, ask your administrator to check the FILES_S3 settings.`,
  );
