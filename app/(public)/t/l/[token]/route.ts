import { brokenLinkPage } from "@/components/tracking/public-page";
import { readTestLink } from "@/server/tracking/test-link";

type Params = { params: Promise<{ token: string }> };

/** Leads on from a test of a campaign to where the link leads in the end; nothing is counted, and nothing else is followed. */
async function follow(_request: Request, { params }: Params): Promise<Response> {
  const url = readTestLink((await params).token);
  if (url === null)
    return new Response(brokenLinkPage(), {
      status: 404,
      headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
    });
  return new Response(null, { status: 302, headers: { Location: url, "Cache-Control": "no-store" } });
}

export { follow as GET, follow as HEAD };
