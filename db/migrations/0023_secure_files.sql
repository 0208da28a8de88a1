SELECT secure_workspace_tables();
