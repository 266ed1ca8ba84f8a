-- Before a request led to a family, looks at it name the request alone ("request ABCD-1234"). Who reads the looks at the family reads those too.
create function guard.looks_at_its_requests(family bigint) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg('request ' || r.reference), '{}') from requests_helprequest r
     where r.family_id = family
       and (guard.has_role('governance') or (guard.holds(family) and family <> all(guard.closed_ids())))
$$;

create policy managed_since on platform_accessentry for select using (
    family_id is null and what like 'request %' and (select guard.has_role('team_manager') or guard.has_role('service_manager'))
    and exists (select from requests_helprequest r where r.reference = substr(what, 9) and guard.holds(r.family_id)));
