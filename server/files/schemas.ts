import { z } from "zod";

/** A stored file, without its bytes. */
export type FileInfo = {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
  /** Pixels of an image. */
  width: number | null;
  height: number | null;
};

export const fileIds = z.object({ ids: z.array(z.string()).max(200) });
