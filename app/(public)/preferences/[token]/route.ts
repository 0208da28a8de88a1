import { preferencesPage } from "@/components/preferences/preferences-page";
import { brokenLinkPage } from "@/components/tracking/public-page";
import { htmlPage, limitChanges, readForm, seeOther, unknownLink } from "@/server/api/customer-doors";
import { changePreferences, getPreferences } from "@/server/preferences";
import { pageLanguageOf } from "@/server/preferences/content";
import { noticeOf, readPreferencesForm } from "@/server/preferences/schemas";

type Params = { params: Promise<{ token: string }> };

/** Shows every channel and purpose as they stand. Changes nothing: scanners follow every link. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const found = await getPreferences(token);
  if (!found) return unknownLink(request);
  const asked = new URL(request.url).searchParams;
  const language = pageLanguageOf(asked.get("lang"), found.language);
  return htmlPage(preferencesPage(found, { language, notice: noticeOf(asked.get("notice")) }));
}

/** Saves the boxes, or stops everything; then shows the page again. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const input = readPreferencesForm(await readForm(request));
  if (!input) return htmlPage(brokenLinkPage(), 400);
  if (!(await getPreferences(token))) return unknownLink(request);
  const refused = await limitChanges(token);
  if (refused) return refused;
  const done = await changePreferences(token, input);
  if (!done) return unknownLink(request);
  const notice = done.changed === 0 ? "same" : input.action === "stop" ? "stopped" : "saved";
  return seeOther(request, `?lang=${input.language}&notice=${notice}`);
}
