import { decodePublicId } from "@/server/deliveries";
import { appendVisit } from "./append-visit";
import { workspaceOf } from "./run-of";
import { readVisit } from "./visit";

/** Records that the pixel of a message was fetched. A forged id records nothing; the caller cannot tell. */
export async function recordOpen(publicId: string, request: Request): Promise<void> {
  const key = decodePublicId(publicId);
  const workspaceId = key && (await workspaceOf(key.runNumber));
  if (!key || !workspaceId) return;
  await appendVisit(workspaceId, key, { kind: "opened", link: null, visit: readVisit(request) });
}
