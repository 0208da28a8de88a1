-- A short link of a test is followed by somebody who has not signed in: the link says the test, this says where it leads.
CREATE FUNCTION link_of_test(test uuid, nth integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT t.links[nth + 1] FROM channel_tests t WHERE t.id = test
$$;
