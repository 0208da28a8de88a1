-- A later change of the same import on top of an earlier one, attribute by attribute.
CREATE FUNCTION merged_change(base jsonb, top jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN base IS NULL THEN top WHEN top IS NULL THEN base
    ELSE base || top || CASE WHEN base ? 'attributes' AND top ? 'attributes'
      THEN jsonb_build_object('attributes', (base -> 'attributes') || (top -> 'attributes')) ELSE '{}'::jsonb END END
$$;
