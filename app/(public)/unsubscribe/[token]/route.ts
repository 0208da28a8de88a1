import { brokenLinkPage } from "@/components/tracking/public-page";
import { type UnsubscribeNotice, unsubscribePage } from "@/components/tracking/unsubscribe-page";
import { getUnsubscribePage, resubscribe, unsubscribe } from "@/server/tracking";

type Params = { params: Promise<{ token: string }> };

const LARGEST_BODY = 10_000;

/** Shows what is so and one button. Changes nothing: scanners follow every link. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return show(token, noticeOf(new URL(request.url).searchParams.get("notice")));
}

/** One-click by the mail program (RFC 8058: no cookies, no redirect, no question), or the button on the page. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const asked = await readAsked(request);
  if (asked === null) return page(brokenLinkPage(), 400);
  if (asked === "resume")
    return back((await resubscribe(token)) ? "?notice=resumed" : "?notice=changed_since", request);
  const known = await unsubscribe(token, asked === "one_click" ? "one_click" : "page");
  if (!known) return page(brokenLinkPage(), 404);
  return asked === "one_click" ? show(token, null) : back("", request);
}

async function show(token: string, notice: UnsubscribeNotice): Promise<Response> {
  const found = await getUnsubscribePage(token);
  return found ? page(unsubscribePage(found, notice)) : page(brokenLinkPage(), 404);
}

/** After a button the browser reads the page again, so that a reload sends nothing twice. */
const back = (search: string, request: Request) =>
  new Response(null, { status: 303, headers: { Location: new URL(request.url).pathname + search } });

const page = (html: string, status = 200) =>
  new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Robots-Tag": "noindex",
    },
  });

const noticeOf = (text: string | null): UnsubscribeNotice =>
  text === "resumed" || text === "changed_since" ? text : null;

async function readAsked(request: Request): Promise<"one_click" | "stop" | "resume" | null> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY) return null;
  const form = await request.formData().catch(() => null);
  if (form?.get("List-Unsubscribe") === "One-Click") return "one_click";
  const action = form?.get("action");
  return action === "stop" || action === "resume" ? action : null;
}
