import { followLink } from "../../../../follow-link";

type Params = { params: Promise<{ id: string; link: string }> };

async function follow(request: Request, { params }: Params): Promise<Response> {
  const { id, link } = await params;
  return followLink(id, link, request);
}

export { follow as GET, follow as HEAD };
