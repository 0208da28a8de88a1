import { brokenLinkPage } from "@/components/tracking/public-page";
import { recordClick } from "@/server/tracking";

type Params = { params: Promise<{ id: string; link: string }> };

/** Leads on to an address of the run's own content; anything else is a page that says so, never a redirect. */
async function follow(request: Request, { params }: Params): Promise<Response> {
  const { id, link } = await params;
  const url = await recordClick(id, link, request);
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

export { follow as GET, follow as HEAD };
