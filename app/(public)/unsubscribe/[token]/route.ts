import { brokenLinkPage } from "@/components/tracking/public-page";
import { type UnsubscribeNotice, unsubscribePage } from "@/components/tracking/unsubscribe-page";
import { htmlPage, limitChanges, readForm, seeOther, unknownLink } from "@/server/api/customer-doors";
import { getUnsubscribePage, resubscribe, unsubscribe } from "@/server/tracking";

type Params = { params: Promise<{ token: string }> };

/** Shows what is so and one button. Changes nothing: scanners follow every link. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return show(request, token, noticeOf(new URL(request.url).searchParams.get("notice")));
}

/** One-click by the mail program (RFC 8058: no cookies, no redirect, no question), or the button on the page. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const asked = askedBy(await readForm(request));
  if (asked === null) return htmlPage(brokenLinkPage(), 400);
  if (!(await getUnsubscribePage(token))) return unknownLink(request);
  const refused = await limitChanges(token);
  if (refused) return refused;
  if (asked === "resume")
    return seeOther(request, (await resubscribe(token)) ? "?notice=resumed" : "?notice=changed_since");
  await unsubscribe(token, asked === "one_click" ? "one_click" : "page");
  return asked === "one_click" ? show(request, token, null) : seeOther(request, "");
}

async function show(request: Request, token: string, notice: UnsubscribeNotice): Promise<Response> {
  const found = await getUnsubscribePage(token);
  return found ? htmlPage(unsubscribePage({ ...found, token }, notice)) : unknownLink(request);
}

const noticeOf = (text: string | null): UnsubscribeNotice =>
  text === "resumed" || text === "changed_since" ? text : null;

function askedBy(form: URLSearchParams | null): "one_click" | "stop" | "resume" | null {
  if (form?.get("List-Unsubscribe") === "One-Click") return "one_click";
  const action = form?.get("action");
  return action === "stop" || action === "resume" ? action : null;
}
