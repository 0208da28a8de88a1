import { followLink } from "../../follow-link";

type Params = { params: Promise<{ path?: string[] }> };

/** The short form of a message's link, for an SMS: `/s/<id>` is its first one, `/s/<id>/<number>` another. */
async function follow(request: Request, { params }: Params): Promise<Response> {
  const [id = "", link = "0", ...rest] = (await params).path ?? [];
  return followLink(rest.length === 0 ? id : "", link, request);
}

export { follow as GET, follow as HEAD };
