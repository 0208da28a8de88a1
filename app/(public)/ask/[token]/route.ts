import { askPage, testAskPage } from "@/components/callbacks/public/ask-page";
import { thanksPage } from "@/components/callbacks/public/call-me-page";
import { htmlPage, limitChanges, readForm, seeOther, unknownLink } from "@/server/api/customer-doors";
import { askByLink, getAskPage } from "@/server/callbacks";
import { askInput } from "@/server/callbacks/schemas";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";

type Params = { params: Promise<{ token: string }> };

/** Shows the customer of a message the page that asks for a call. Changes nothing: scanners follow every link. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  if (token === "test") return htmlPage(testAskPage());
  const page = await getAskPage(token);
  if (!page) return unknownLink(request);
  if ("page" in page) return leadTo(page.page);
  if (new URL(request.url).searchParams.get("notice") === "asked") return htmlPage(thanksPage(page));
  return htmlPage(askPage(page, { key: newId() }));
}

/** Asks for the call and leads to the page of the request. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const page = await getAskPage(token);
  if (!page) return unknownLink(request);
  if ("page" in page) return leadTo(page.page);
  const refused = await limitChanges(token);
  if (refused) return refused;
  const typed = Object.fromEntries((await readForm(request)) ?? []);
  const wrong = (problem: string) =>
    htmlPage(askPage(page, { ...typed, key: typed.key ?? newId(), problem }), 422);
  const read = askInput.safeParse(typed);
  if (!read.success) return wrong("Look at what you wrote.");
  try {
    const asked = await askByLink(token, read.data);
    if (!asked) return unknownLink(request);
    if (asked.page === null) return seeOther(request, "?notice=asked");
    return leadTo(`${asked.page}?notice=asked`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return wrong(error.message);
  }
}

/** By path alone: the page is ours, under whatever name the customer reached us. */
function leadTo(url: string): Response {
  const { pathname, search } = new URL(url);
  return new Response(null, {
    status: 303,
    headers: { Location: `${pathname}${search}`, "Cache-Control": "no-store" },
  });
}
