import { callMePage, thanksPage } from "@/components/callbacks/public/call-me-page";
import { htmlPage, limitCallMe, readForm, seeOther, unknownLink } from "@/server/api/customer-doors";
import { getCallMeForm, submitCallMe } from "@/server/callbacks";
import { callMeInput } from "@/server/callbacks/schemas";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";

type Params = { params: Promise<{ token: string }> };

/** The empty form of a workspace. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const form = await getCallMeForm((await params).token);
  if (!form) return unknownLink(request);
  if (new URL(request.url).searchParams.get("notice") === "asked") return htmlPage(thanksPage(form));
  return htmlPage(callMePage(form, { key: newId() }));
}

/** Takes the form and leads on: to the page of the request that it opened, or to thanks; what is wrong is said with everything that was typed. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const form = await getCallMeForm(token);
  if (!form) return unknownLink(request);
  const typed = Object.fromEntries((await readForm(request)) ?? []);
  const read = callMeInput.safeParse(typed);
  const wrong = (problem: string) =>
    htmlPage(callMePage(form, { ...typed, key: typed.key ?? newId(), problem }), 422);
  if (!read.success) return wrong(read.error.issues[0]?.message ?? "Look at what you wrote.");
  const refused = await limitCallMe(request, read.data.phone);
  if (refused) return refused;
  try {
    const submitted = await submitCallMe(token, read.data);
    if (!submitted) return unknownLink(request);
    if (submitted.page === null) return seeOther(request, "?notice=asked");
    return new Response(null, {
      status: 303,
      headers: { Location: `${new URL(submitted.page).pathname}?notice=asked` },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return wrong(error.message);
  }
}
