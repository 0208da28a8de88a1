import type { Metadata } from "next";
import { DocumentView } from "@/components/api-docs/document-view";
import { env } from "@/env";
import { openApiDocument } from "@/server/api/v1/openapi";

export const metadata: Metadata = { title: "REST API" };

/** The OpenAPI document, to be read. Open to everybody: it describes the door, not what is behind it. */
export default function ApiDocsPage() {
  return <DocumentView document={openApiDocument(env.RINGBACK_URL)} />;
}
