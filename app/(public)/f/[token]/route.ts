import { brokenLinkPage } from "@/components/tracking/public-page";
import { openPublicFile } from "@/server/files";

/** A file behind its signed link: pictures of mails for ever, other files for as long as the link says. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }) {
  const file = await openPublicFile((await params).token);
  if (!file)
    return new Response(brokenLinkPage(), {
      status: 404,
      headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
    });
  const { bytes, mediaType, name, inline, forever } = file;
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": mediaType,
      "Content-Length": String(bytes.length),
      "Content-Disposition": `${inline ? "inline" : "attachment"}; filename="${name.replace(/[^\w. -]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "Cache-Control": forever ? "public, max-age=31536000, immutable" : "private, no-store",
      // Mail programs on the web show it on pages of their own.
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
