SELECT secure_workspace_tables();
--> statement-breakpoint
COMMENT ON TABLE inbound_mails IS 'Of the installation: which workspace a mail belongs to stands in it. Deleted some time after it was processed.';
