import { loggerFor } from "@/server/platform/logger";
import { recordOpen } from "@/server/tracking";

const log = loggerFor("tracking");
const pixel = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

type Params = { params: Promise<{ id: string }> };

/** The pixel, always: a reader never sees a broken image, and a forged id learns nothing. */
async function open(request: Request, { params }: Params): Promise<Response> {
  const { id } = await params;
  try {
    await recordOpen(id.replace(/\.gif$/, ""), request);
  } catch (error) {
    log.error({ err: error }, "an open was not recorded");
  }
  return new Response(request.method === "HEAD" ? null : pixel, {
    headers: {
      "Content-Type": "image/gif",
      "Content-Length": String(pixel.length),
      "Cache-Control": "no-store, max-age=0",
      // Mail programs on the web load it from their own origin.
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
}

export { open as GET, open as HEAD };
