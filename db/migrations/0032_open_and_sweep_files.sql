-- A picture's link is opened by a mail program that nobody has signed in: the link says the file, this says whose it is.
CREATE FUNCTION workspace_of_file(file uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT f.workspace_id FROM files f WHERE f.id = file
$$;
--> statement-breakpoint
-- Uploaded `days` ago, never sent, and named by nothing that may still be sent.
CREATE FUNCTION unused_files(days integer, most integer) RETURNS TABLE (id uuid, workspace_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT f.id, f.workspace_id FROM files f
  WHERE f.sent_at IS NULL AND f.created_at < clock_now() - days * interval '1 day'
    AND NOT EXISTS (SELECT FROM campaigns c WHERE c.workspace_id = f.workspace_id
      AND position(f.id::text IN c.bodies::text || c.attachments::text) > 0)
    AND NOT EXISTS (SELECT FROM workspaces w WHERE w.id = f.workspace_id AND w.branding ->> 'logoFileId' = f.id::text)
  ORDER BY f.id LIMIT most
$$;
