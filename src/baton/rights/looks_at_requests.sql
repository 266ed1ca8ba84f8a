-- Looks at a request before it led to a family name the request alone ("request ABCD-1234"): those at the requests of the people an access
-- request is about, and of their families, come with the other looks at them, under the family that a request led to since.
create function guard.gather_looks_at_requests(request bigint)
returns table (tbl text, row_id bigint, family_id bigint, direct boolean, whole jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    with subjects as materialized (select unnest(guard.subjects_of(gather_looks_at_requests.request)) as id),
    families as (
        select m.family_id as id from people_familymember m join subjects s on s.id = m.person_id
        union select p.first_family_id from people_person p join subjects s on s.id = p.id
    ), asked as (
        select r.reference, r.family_id from requests_helprequest r
         where (r.family_id in (select f.id from families f)
                or r.id in (select q.request_id from requests_requestperson q join subjects s on s.id = q.person_id))
           and (r.family_id is null or r.family_id <> all(guard.closed_ids()))
    )
    select 'platform_accessentry', a.id, asked.family_id, false, to_jsonb(a)
      from asked join platform_accessentry a on a.family_id is null and a.what = 'request ' || asked.reference
$$;
