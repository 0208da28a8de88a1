import { brokenLinkPage } from "@/components/tracking/public-page";
import { recordClick, testTarget } from "@/server/tracking";

/** Leads on to an address of the run's own content; anything else is a page that says so, never a redirect. */
export async function followLink(id: string, link: string, request: Request): Promise<Response> {
  const url = (await recordClick(id, link, request)) ?? (await testTarget(id, link));
  if (url === null)
    return new Response(brokenLinkPage(), {
      status: 404,
      headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
    });
  return new Response(null, {
    status: 302,
    headers: { Location: url, "Cache-Control": "no-store" },
  });
}
