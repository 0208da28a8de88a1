import { customerCallPage, wishOf } from "@/components/callbacks/public/customer-call-page";
import { htmlPage, limitChanges, readForm, seeOther, unknownLink } from "@/server/api/customer-doors";
import { doCustomerWish, getCustomerPage } from "@/server/callbacks";
import { AppError } from "@/server/platform/errors";

type Params = { params: Promise<{ token: string }> };

/** Shows the customer's own request. Changes nothing: scanners follow every link. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const page = await getCustomerPage((await params).token);
  if (!page) return unknownLink(request);
  return htmlPage(customerCallPage(page, new URL(request.url).searchParams.get("notice")));
}

/** Another time, no call, or how it went; then the page again. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  if (!(await getCustomerPage(token))) return unknownLink(request);
  const refused = await limitChanges(token);
  if (refused) return refused;
  const wish = wishOf(await readForm(request));
  if (!wish) return seeOther(request, "?notice=not");
  try {
    const done = await doCustomerWish(token, wish);
    return seeOther(request, `?notice=${done ? wish.do : "not"}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(request, "?notice=not");
  }
}
