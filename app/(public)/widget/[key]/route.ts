import { readText, widgetWait } from "@/server/api/customer-doors";
import { openWidget, submitWidget, type WidgetCaller } from "@/server/callbacks";
import { widgetInput } from "@/server/callbacks/schemas";
import { AppError } from "@/server/platform/errors";

type Params = { params: Promise<{ key: string }> };

/** The form for a page that may show it. Changes nothing. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const caller = callerOf(request, (await params).key);
  const form = await openWidget(caller);
  return form ? answer(caller, form) : refuse();
}

/** Takes the sent form. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const caller = callerOf(request, (await params).key);
  // Who may not show the form learns nothing, and counts against nobody.
  if (!(await openWidget({ ...caller, own: false }))) return refuse();
  const read = widgetInput.safeParse(jsonOf(await readText(request)));
  if (!read.success)
    return answer(caller, { message: read.error.issues[0]?.message ?? "Look at what you wrote." }, 422);
  const seconds = await widgetWait(request, read.data.phone);
  if (seconds !== null)
    return answer(
      caller,
      { message: `Too many tries. Try again in ${Math.max(1, Math.ceil(seconds / 60))} minutes.` },
      429,
    );
  try {
    const submitted = await submitWidget(caller, read.data);
    return submitted ? answer(caller, submitted) : refuse();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return answer(caller, { message: error.message }, error.code === "FORBIDDEN" ? 403 : 422);
  }
}

/** Browsers ask first whether a page of another site may send JSON. */
export async function OPTIONS(request: Request, { params }: Params): Promise<Response> {
  const caller = callerOf(request, (await params).key);
  if (!(await openWidget({ ...caller, own: false }))) return refuse();
  return new Response(null, {
    status: 204,
    headers: {
      ...shared(caller),
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "Content-Type",
      "Access-Control-Max-Age": "600",
    },
  });
}

/** A page of our own asks without an origin; browsers say of it that it is one. */
const callerOf = (request: Request, key: string): WidgetCaller => ({
  key,
  origin: request.headers.get("origin"),
  own: request.headers.get("sec-fetch-site") === "same-origin",
});

const shared = ({ origin }: WidgetCaller): Record<string, string> => ({
  ...(origin ? { "Access-Control-Allow-Origin": origin } : {}),
  Vary: "Origin",
  "Cache-Control": "no-store",
});

const answer = (caller: WidgetCaller, body: object, status = 200): Response =>
  Response.json(body, { status, headers: shared(caller) });

/** Without a word of what is wrong: the key is public, the pages are not. */
const refuse = (): Response =>
  Response.json({ message: "This form does not open here." }, { status: 403, headers: { Vary: "Origin" } });

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
