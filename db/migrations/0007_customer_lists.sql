CREATE INDEX "customers_score_index" ON "customers" USING btree ("workspace_id","engagement_score","id");--> statement-breakpoint
CREATE INDEX "customers_advisor_index" ON "customers" USING btree ("workspace_id","advisor_id") WHERE "customers"."advisor_id" is not null;
--> statement-breakpoint
-- Search by the trigram index. Row-level security keeps LIKE behind its own filter (it could leak by its errors), so the
-- index would never be used by the application role; this function sees one workspace only, and returns ids.
CREATE FUNCTION customers_like(pattern text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.id FROM customers c
  WHERE lower(c.name || ' ' || coalesce(c.email, '') || ' ' || coalesce(c.phone, '') || ' ' || coalesce(c.external_id, '')) LIKE pattern
  AND c.workspace_id = current_workspace_id()
$$;
